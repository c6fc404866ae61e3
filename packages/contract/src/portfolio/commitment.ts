import type { Commitment, PaymentTerms, Prepayment, Renewal, Term } from '@offtake/core/agreements/agreement'
import { type Share, WHOLE } from '@offtake/core/base/quantity'
import { z } from 'zod'
import { amount } from './amount.ts'
import { choice, yesOrNo } from './choice.ts'
import { date } from './date.ts'
import { figure } from './figure.ts'
import { count } from './number.ts'
import { plainFigure } from './plain-figure.ts'
import { INTERVALS } from './price.ts'
import type { Reading } from './reading.ts'
import { share } from './share-text.ts'

/** When an agreement begins and ends. */
export function term(reading: Reading): z.ZodType<Term> {
  return z.strictObject({
    start: figure(date, reading),
    until: figure(date, reading).describe('the first day that no longer belongs to it'),
  })
}

/** Shares by interval. Written in decimals they may miss one by their rounding, which the last one then takes. */
const ramp = z.array(share).transform((shares): Share[] => {
  const missing = WHOLE - shares.reduce((sum, part) => sum + part, 0)
  const last = shares.at(-1)
  if (last === undefined || Math.abs(missing) > shares.length) return shares
  return [...shares.slice(0, -1), (last + missing) as Share]
})

/** A sum promised over the whole term. */
export function commitment(reading: Reading): z.ZodType<Commitment> {
  return z.strictObject({
    total: figure(amount(reading), reading).describe('the sum over the whole term'),
    interval: choice(INTERVALS).default('year').describe('the stretch within which its part must be met'),
    takeOrPay: figure(share, reading).describe(
      "the part of each interval's sum that is owed whether used or not",
    ),
    ramp: figure(ramp, reading)
      .exactOptional()
      .describe('shares of the total by interval, adding up to one; even by default'),
    carryForward: yesOrNo.default(false).describe('whether use beyond one interval counts towards the next'),
  })
}

/** Money paid ahead. */
export function prepayment(reading: Reading): z.ZodType<Prepayment> {
  return z.strictObject({ amount: figure(amount(reading), reading), due: date })
}

const USUAL_PAYMENT = { netDays: 30, billed: 'inArrears' } as const

/** When an invoice comes and when it must be paid. */
export const payment: z.ZodType<PaymentTerms> = z
  .strictObject({
    netDays: plainFigure(count({ to: 3650 }))
      .default(USUAL_PAYMENT.netDays)
      .describe('days from an invoice until it must be paid'),
    billed: choice(['inArrears', 'inAdvance']).default(USUAL_PAYMENT.billed),
  })
  .default(USUAL_PAYMENT)

/** What happens at the end of the term. */
export const renewal: z.ZodType<Renewal> = z.strictObject({
  kind: choice(['automatic', 'byAgreement']),
  months: plainFigure(count({ from: 1, to: 1200 })).describe('by how much the term then grows'),
  noticeDays: plainFigure(count({ to: 36_500 })).describe(
    'how long before the end notice must be given to stop it, or to ask for it',
  ),
})
