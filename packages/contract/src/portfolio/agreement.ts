import type { Agreement } from '@offtake/core/agreements/agreement'
import type { Quote } from '@offtake/core/agreements/quote'
import { z } from 'zod'
import { choice, yesOrNo } from './choice.ts'
import { commitment, payment, prepayment, renewal, term } from './commitment.ts'
import { date } from './date.ts'
import { agreementDocument } from './documents.ts'
import { figure } from './figure.ts'
import { identifier, poolPart, words } from './identifier.ts'
import { line } from './line.ts'
import { quantity } from './number.ts'
import type { Reading } from './reading.ts'
import { lateDelivery, slaCredit } from './remedies.ts'
import { equityLink, exclusivity, option, overlap, priorityRight, resale } from './rights.ts'

/** One file of `agreements/`. */
export function agreementFile(reading: Reading) {
  return z.strictObject(agreementFields(reading)).transform(
    ({ binding, status, ...rest }): Agreement => ({
      ...rest,
      binding: binding ?? rest.instrument !== 'letterOfIntent',
      status: status ?? 'signed',
    }),
  )
}

/** One file of `quotes/`: an agreement that nobody signed, with the day until which it holds. */
export function quoteFile(reading: Reading) {
  const { status: _, signed: __, ...fields } = agreementFields(reading)
  return z.strictObject({ ...fields, validUntil: date }).transform(
    ({ binding, validUntil, ...rest }): Quote => ({
      agreement: { ...rest, binding: binding ?? rest.instrument !== 'letterOfIntent', status: 'draft' },
      validUntil,
    }),
  )
}

function agreementFields(reading: Reading) {
  return {
    ...parties(reading),
    term: term(reading),
    currency: words.default(() => reading.currency).describe("must be the portfolio's own"),
    commitment: commitment(reading).exactOptional().describe('a sum promised over the whole term'),
    powerMw: figure(quantity(), reading).exactOptional().describe('megawatts that the agreement speaks of'),
    lines: z.array(line(reading)).default([]).describe('hardware, quantity and price'),
    prepayment: prepayment(reading).exactOptional().describe('money paid ahead and drawn down by charges'),
    payment,
    renewal: renewal.exactOptional(),
    options: z.array(option(reading)).default([]).describe('rights to expand, extend or end'),
    priorityRights: z
      .array(priorityRight(reading))
      .default([])
      .describe('rights of others to be offered first'),
    exclusivities: z.array(exclusivity(reading)).default([]),
    lateDelivery: lateDelivery(reading).exactOptional().describe('what is due where a tranche comes late'),
    slaCredits: z.array(slaCredit).default([]).describe('what is due where availability is low'),
    resale: resale.exactOptional().describe('whether unused capacity may be sold on'),
    equity: z
      .array(equityLink(reading))
      .default([])
      .describe('equity beside the agreement: information only'),
    overlaps: z.array(overlap).default([]).describe('agreements that count the same accelerators'),
    documents: z.array(agreementDocument).exactOptional().describe('the papers that say what it says'),
    unknowns: z.array(words).default([]).describe('what is not known of the agreement'),
    notes: z.array(words).default([]),
  }
}

function parties(reading: Reading) {
  return {
    id: identifier.describe('what other files and commands call it'),
    title: words.describe('what people call it'),
    provider: poolPart.describe('who delivers'),
    buyer: words.default(() => reading.buyer),
    instrument: choice([
      'capacity',
      'spend',
      'onDemand',
      'spot',
      'owned',
      'backstop',
      'letterOfIntent',
    ]).describe('what kind of promise it is'),
    layer: choice(['power', 'hardware', 'cloud'])
      .default('cloud')
      .describe('what the money buys; layers of the same accelerators overlap'),
    binding: yesOrNo.exactOptional().describe('true by default, except for a letter of intent'),
    plannedOn: yesOrNo
      .exactOptional()
      .describe('counts its accelerators as capacity although it is not binding'),
    status: choice(['draft', 'signed']).exactOptional().describe("'signed' by default"),
    signed: date.exactOptional().describe('the day of the signature'),
  }
}
