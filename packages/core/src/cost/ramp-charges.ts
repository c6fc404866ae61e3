import type { Agreement } from '../agreements/agreement.ts'
import { standingIntervals } from '../agreements/minimum.ts'
import { isAssumed } from '../base/figure.ts'
import { nothing, toCents } from '../base/money.ts'
import { durationMs, monthsOf } from '../base/span.ts'
import type { Charge } from './charge.ts'
import { splitCents } from './exact-amount.ts'

/**
 * The charges of a commitment whose use cannot be known, because no line of it has accelerators and a price: it is supposed to
 * be consumed as its ramp says, evenly within each interval, and marked assumed.
 */
export function rampCharges(agreement: Agreement): Charge[] {
  const { commitment, currency, provider, id: agreementId } = agreement
  const isTermsAssumed =
    commitment !== undefined &&
    (isAssumed(commitment.total) || (commitment.ramp !== undefined && isAssumed(commitment.ramp)))
  return standingIntervals(agreement).flatMap((interval) => {
    const months = monthsOf(interval)
    const parts = splitCents(
      toCents(interval.committed),
      months.map((month) => BigInt(durationMs(month))),
    )
    return months.map((month, n): Charge => {
      const amount = parts[n] ?? nothing(currency)
      return {
        ...month,
        agreementId,
        provider,
        kind: 'use',
        amount,
        owedAnyway: nothing(currency),
        basis: 'assumed',
        termsAssumed: isTermsAssumed,
      }
    })
  })
}
