import type { Agreement } from '../agreements/agreement.ts'
import type { Grant } from '../agreements/grant.ts'
import {
  type PriceBook,
  type PriceProblem,
  type Rate,
  type RatePiece,
  ratesWithin,
} from '../agreements/price.ts'
import { priceContextOf } from '../agreements/resolve.ts'
import { WHOLE } from '../base/quantity.ts'
import { failed, ok, type Result } from '../base/result.ts'

/** A grant as it serves the use of its pool: what its time costs, and how much of it is paid for in any case. */
export interface Supply {
  readonly grant: Grant
  /** Beyond what is paid anyway, committed capacity is used before spot, and on-demand capacity last. */
  readonly order: SupplyOrder
  /** Accelerators that are paid for whether used or not. */
  readonly paidAnyway: number
  /** The grant's price over its whole span, in order, without gaps. */
  readonly rates: readonly RatePiece[]
}

export type SupplyOrder = 'committed' | 'spot' | 'onDemand'

/** A price that could not be worked out, and whose it is. */
export interface UnknownPrice {
  readonly code: 'priceUnknown'
  readonly agreementId: string
  readonly lineId: string
  readonly because: PriceProblem
}

export function unknownPrices(
  { agreementId, lineId }: Grant,
  problems: readonly PriceProblem[],
): UnknownPrice[] {
  return problems.map((because) => ({ code: 'priceUnknown', agreementId, lineId, because }))
}

/** Owned machines are paid for whole; of any other grant its take-or-pay share is, in started accelerators. */
export function supplyOf(
  agreement: Agreement,
  grant: Grant,
  prices: PriceBook,
): Result<Supply, UnknownPrice> {
  const rates = ratesWithin(grant.price, grant.span, priceContextOf(grant, prices))
  if (!rates.ok) return failed(...unknownPrices(grant, rates.problems))
  const { instrument } = agreement
  const part = instrument === 'owned' ? WHOLE : grant.takeOrPay.value
  return ok({
    grant,
    order: instrument === 'spot' || instrument === 'onDemand' ? instrument : 'committed',
    paidAnyway: Math.ceil((grant.accelerators * part) / WHOLE),
    rates: rates.value,
  })
}

/** Whether one price is below another, by accelerator time. */
export function compareRates(a: Rate, b: Rate): number {
  const difference = a.micros * b.per - b.micros * a.per
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
