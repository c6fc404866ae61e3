import type { Agreement } from '@offtake/core/agreements/agreement'
import type { Quote } from '@offtake/core/agreements/quote'
import { z } from 'zod'
import { choice, yesOrNo } from './choice.ts'
import { commitment, payment, prepayment, renewal, term } from './commitment.ts'
import { date } from './date.ts'
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
  return z.strictObject({ ...fields, validUntil: date() }).transform(
    ({ binding, validUntil, ...rest }): Quote => ({
      agreement: { ...rest, binding: binding ?? rest.instrument !== 'letterOfIntent', status: 'draft' },
      validUntil,
    }),
  )
}

function agreementFields(reading: Reading) {
  return {
    id: identifier(),
    title: words(),
    provider: poolPart(),
    buyer: words().default(() => reading.buyer),
    instrument: choice(['capacity', 'spend', 'onDemand', 'spot', 'owned', 'backstop', 'letterOfIntent']),
    layer: choice(['power', 'hardware', 'cloud']).default('cloud'),
    binding: yesOrNo().exactOptional(),
    plannedOn: yesOrNo().exactOptional(),
    status: choice(['draft', 'signed']).exactOptional(),
    signed: date().exactOptional(),
    term: term(reading),
    currency: words().default(() => reading.currency),
    commitment: commitment(reading).exactOptional(),
    powerMw: figure(quantity(), reading).exactOptional(),
    lines: z.array(line(reading)).default([]),
    prepayment: prepayment(reading).exactOptional(),
    payment: payment(),
    renewal: renewal().exactOptional(),
    options: z.array(option(reading)).default([]),
    priorityRights: z.array(priorityRight(reading)).default([]),
    exclusivities: z.array(exclusivity(reading)).default([]),
    lateDelivery: lateDelivery(reading).exactOptional(),
    slaCredits: z.array(slaCredit()).default([]),
    resale: resale().exactOptional(),
    equity: z.array(equityLink(reading)).default([]),
    overlaps: z.array(overlap()).default([]),
    unknowns: z.array(words()).default([]),
    notes: z.array(words()).default([]),
  }
}
