import type { Agreement, PaymentTerms } from '../agreements/agreement.ts'
import { addMonths, DAY_MS, formatMonth, type Instant, later, monthStart } from '../base/instant.ts'
import { type Money, money, scale, split, subtract } from '../base/money.ts'
import { monthsOf, type Span } from '../base/span.ts'
import { drawDown, prepaymentOf } from './prepayment.ts'
import type { RevenuePoint } from './revenue.ts'

/** What a provider bills for a stretch of time: a charge, or an obligation taken for one. */
export interface Bill extends Span {
  readonly agreementId: string
  readonly provider: string
  readonly amount: Money
}

/** Money that leaves at a date. */
export interface Payment {
  readonly at: Instant
  readonly agreementId: string
  readonly provider: string
  readonly for: 'prepayment' | 'bill'
  readonly amount: Money
}

/**
 * When the bills of one agreement are paid: each so many days after it is written, which is at the end of its stretch in arrears
 * or at its start in advance. A prepayment is paid when it is due; of what it pays for, only the rest is paid.
 */
export function paymentsOf(agreement: Agreement, bills: readonly Bill[]): Payment[] {
  const { payment: terms } = agreement
  const prepayment = prepaymentOf(agreement)
  const about = { agreementId: agreement.id, provider: agreement.provider }
  const payments: Payment[] = drawDown(agreement, bills).flatMap(({ item, drawn }) => {
    const amount = subtract(item.amount, drawn)
    const at = later(writtenAt(item, terms), terms.netDays * DAY_MS)
    return amount.micros === 0n ? [] : [{ ...about, at, for: 'bill' as const, amount }]
  })
  if (prepayment)
    payments.push({ ...about, at: prepayment.due, for: 'prepayment', amount: prepayment.amount.value })
  return payments.sort((a, b) => a.at - b.at)
}

function writtenAt(bill: Bill, { billed }: PaymentTerms): Instant {
  return billed === 'inAdvance' ? bill.start : bill.until
}

export interface CashMonth extends Span {
  /** `YYYY-MM`. */
  readonly month: string
  readonly out: Money
  /** A twelfth of the year's revenue (of a clipped month its part by time); absent where the year has no figure. */
  readonly revenue?: Money
  /** Revenue less what goes out, where revenue is known. */
  readonly net?: Money
}

export interface CashPlan {
  readonly months: readonly CashMonth[]
  /** What is paid outside the horizon, so that all payments can be accounted for. */
  readonly before: Money
  readonly after: Money
}

/** Money out and in by calendar month over a horizon. */
export function cashPlan(
  payments: readonly Payment[],
  revenue: readonly RevenuePoint[],
  horizon: Span,
  currency: string,
): CashPlan {
  const months = monthsOf(horizon)
  const out = new Map<string, bigint>()
  let before = 0n
  let after = 0n
  for (const { at, amount } of payments) {
    if (at < horizon.start) before += amount.micros
    else if (at >= horizon.until) after += amount.micros
    else out.set(formatMonth(at), (out.get(formatMonth(at)) ?? 0n) + amount.micros)
  }
  return {
    months: months.map((span) =>
      cashMonth(span, money(out.get(formatMonth(span.start)) ?? 0n, currency), revenue),
    ),
    before: money(before, currency),
    after: money(after, currency),
  }
}

function cashMonth(span: Span, out: Money, revenue: readonly RevenuePoint[]): CashMonth {
  const month = formatMonth(span.start)
  const earned = revenueOf(span, revenue)
  return { ...span, month, out, ...(earned ? { revenue: earned, net: subtract(earned, out) } : {}) }
}

function revenueOf({ start, until }: Span, revenue: readonly RevenuePoint[]): Money | undefined {
  const date = new Date(start)
  const point = revenue.find(({ year }) => year === date.getUTCFullYear())
  if (!point) return undefined
  const months = split(point.revenue.value, TWELFTHS)
  const whole = months[date.getUTCMonth()]
  const first = monthStart(start)
  return whole && scale(whole, BigInt(until - start), BigInt(addMonths(first, 1) - first))
}

const TWELFTHS = Array.from({ length: 12 }, () => 1n)
