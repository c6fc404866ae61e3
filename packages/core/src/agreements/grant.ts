import type { Figure } from '../base/figure.ts'
import type { Instant } from '../base/instant.ts'
import type { Share } from '../base/quantity.ts'
import type { Span } from '../base/span.ts'
import type { Price, SpotLoss } from './agreement.ts'

/** One tranche, resolved: accelerators of a pool during a stretch of time, and what they cost. Plain data. */
export interface Grant {
  /** `agreement/line/tranche`; `agreement/line` for a line without tranches, which is CPU cores alone. */
  readonly id: string
  readonly agreementId: string
  readonly lineId: string
  readonly binding: boolean
  readonly provider: string
  readonly region: string
  readonly hardware: string
  readonly fabric: string
  readonly accelerators: number
  /** The tranche's part of the line's CPU cores, by its part of the line's accelerators. */
  readonly cpuCores: number
  /** When the agreement promised it, but not before its term. */
  readonly promised: Instant
  /** From its delivery (real, expected or, failing both, promised; plus any what-if slip) to the end of the term. Never empty. */
  readonly span: Span
  readonly price: Price
  readonly takeOrPay: Figure<Share>
  /** How often its nodes are taken back: spot capacity's are. */
  readonly losses?: SpotLoss
  /** What the price counts from and is divided by: the term as it was signed, whatever became of it. */
  readonly term: Span
  readonly lineAccelerators: number
  /** Whether the number of accelerators rests on an assumption. */
  readonly quantityAssumed: boolean
  /** Whether its start or its end rests on an assumption. */
  readonly datesAssumed: boolean
}

/**
 * How many units of its line the grant's price is for: its accelerators; for a line without any, the line as a whole where
 * the price is a sum or per megawatt, and nothing where it is per accelerator.
 */
export function pricedUnits(grant: Grant): number {
  if (grant.lineAccelerators > 0) return grant.accelerators
  return grant.price.kind === 'perAcceleratorHour' ? 0 : 1
}
