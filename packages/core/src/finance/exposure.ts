import type { Agreement } from '../agreements/agreement.ts'
import { type Grant, pricedUnits } from '../agreements/grant.ts'
import { costAt, type PriceBook, ratesWithin } from '../agreements/price.ts'
import { priceContextOf, resolveAgreement, type Slips } from '../agreements/resolve.ts'
import type { Instant } from '../base/instant.ts'
import { split } from '../base/money.ts'
import { acceleratorMs } from '../base/quantity.ts'
import { intersection } from '../base/span.ts'
import type { ObligationSection } from './obligation-summary.ts'

/** The key of money that no line stands for: the hardware or region of a sum is not agreed, or its price is not known. */
const NOT_AGREED = 'not agreed'

/** A part of what is owed. */
export interface Exposure {
  readonly key: string
  /** In micro-units of currency. */
  readonly weight: bigint
}

export interface ExposureQuestion {
  readonly agreements: readonly Agreement[]
  readonly prices: PriceBook
  readonly asOf: Instant
  readonly slips: Slips
}

/**
 * What is owed by hardware or region: each agreement's sum over its lines, in proportion to what their time costs from the
 * date on. The parts add up to the section's total.
 */
export function exposureBy(
  by: 'hardware' | 'region',
  section: ObligationSection,
  question: ExposureQuestion,
): Exposure[] {
  return section.byAgreement.flatMap(({ agreementId, total }) => {
    const agreement = question.agreements.find(({ id }) => id === agreementId)
    const grants = agreement ? resolveAgreement(agreement, question.slips) : []
    const costs = grants.map((grant) => costFrom(grant, question))
    if (!costs.some((cost) => cost > 0n)) return [{ key: NOT_AGREED, weight: total.micros }]
    const parts = split(total, costs)
    return grants.map((grant, i) => ({ key: grant[by], weight: parts[i]?.micros ?? 0n }))
  })
}

/** The whole price of the grant's time from the date on, used or not; nothing where its price is not known. */
function costFrom(grant: Grant, { prices, asOf }: ExposureQuestion): bigint {
  const left = intersection(grant.span, { start: asOf, until: grant.span.until })
  const units = pricedUnits(grant)
  if (!left || units === 0) return 0n
  const rates = ratesWithin(grant.price, left, priceContextOf(grant, prices))
  if (!rates.ok) return 0n
  return rates.value.reduce(
    (sum, { start, until, rate }) => sum + costAt(rate, acceleratorMs(units, until - start)).micros,
    0n,
  )
}
