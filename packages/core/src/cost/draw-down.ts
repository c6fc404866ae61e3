import type { Agreement } from '../agreements/agreement.ts'
import { groupBy } from '../base/group.ts'
import type { Instant } from '../base/instant.ts'
import { isNegative, type Money, smallerOf, subtract, total } from '../base/money.ts'
import { type Charge, monthOf } from './charge.ts'

/** What a month's invoices take from a prepayment, and what is left of it after them. */
export interface DrawDown {
  readonly agreementId: string
  readonly month: Instant
  readonly drawn: Money
  readonly left: Money
}

/**
 * How the charges written from its due date on draw an agreement's prepayment down, month by month until it is used up.
 * Credits draw nothing and give nothing back to it.
 */
export function drawDownOf(agreement: Agreement, charges: readonly Charge[]): DrawDown[] {
  const { prepayment, payment } = agreement
  if (!prepayment) return []
  const drawing = charges.filter(
    ({ agreementId, start, until }) =>
      agreementId === agreement.id && (payment.billed === 'inAdvance' ? start : until) >= prepayment.due,
  )
  let left = prepayment.amount.value
  return [...groupBy(drawing, monthOf)]
    .sort(([a], [b]) => a - b)
    .flatMap(([month, ofMonth]): DrawDown[] => {
      const billed = total(
        ofMonth.map(({ amount }) => amount).filter((amount) => !isNegative(amount)),
        left.currency,
      )
      const drawn = smallerOf(billed, left)
      if (drawn.micros === 0n) return []
      left = subtract(left, drawn)
      return [{ agreementId: agreement.id, month, drawn, left }]
    })
}
