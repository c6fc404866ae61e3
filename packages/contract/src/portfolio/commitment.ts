import type { Commitment, PaymentTerms, Prepayment, Renewal, Term } from '@offtake/core/agreements/agreement'
import { type Share, WHOLE } from '@offtake/core/base/quantity'
import { z } from 'zod'
import { amount } from './amount.ts'
import { choice, yesOrNo } from './choice.ts'
import { date } from './date.ts'
import { figure } from './figure.ts'
import { count } from './number.ts'
import { INTERVALS } from './price.ts'
import type { Reading } from './reading.ts'
import { share } from './share-text.ts'

/** When an agreement begins and ends. */
export function term(reading: Reading): z.ZodType<Term> {
  return z.strictObject({ start: figure(date(), reading), until: figure(date(), reading) })
}

/** A sum promised over the whole term. */
export function commitment(reading: Reading): z.ZodType<Commitment> {
  return z.strictObject({
    total: figure(amount(reading), reading),
    interval: choice(INTERVALS).default('year'),
    takeOrPay: figure(share(), reading),
    ramp: figure(ramp(), reading).exactOptional(),
    carryForward: yesOrNo().default(false),
  })
}

/** Shares by interval. Written in decimals they may miss one by their rounding, which the last one then takes. */
function ramp() {
  return z.array(share()).transform((shares): Share[] => {
    const missing = WHOLE - shares.reduce((sum, part) => sum + part, 0)
    const last = shares.at(-1)
    if (last === undefined || Math.abs(missing) > shares.length) return shares
    return [...shares.slice(0, -1), (last + missing) as Share]
  })
}

/** Money paid ahead. */
export function prepayment(reading: Reading): z.ZodType<Prepayment> {
  return z.strictObject({ amount: figure(amount(reading), reading), due: date() })
}

const USUAL_PAYMENT = { netDays: 30, billed: 'inArrears' } as const

/** When an invoice comes and when it must be paid. */
export function payment(): z.ZodType<PaymentTerms> {
  return z
    .strictObject({
      netDays: count({ to: 3650 }).default(USUAL_PAYMENT.netDays),
      billed: choice(['inArrears', 'inAdvance']).default(USUAL_PAYMENT.billed),
    })
    .default(USUAL_PAYMENT)
}

/** What happens at the end of the term. */
export function renewal(): z.ZodType<Renewal> {
  return z.strictObject({
    kind: choice(['automatic', 'byAgreement']),
    months: count({ from: 1, to: 1200 }),
    noticeDays: count({ to: 36500 }),
  })
}
