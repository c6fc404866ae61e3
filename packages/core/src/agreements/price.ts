import type { Figure } from '../base/figure.ts'
import type { Instant } from '../base/instant.ts'
import type { Money } from '../base/money.ts'

/** Published or internal prices: list prices of on-demand capacity and the series that price indices follow. */
export interface PriceBook {
  readonly points: readonly PricePoint[]
}

export interface PricePoint {
  /** The index's name, or `provider/hardware` for a list price. */
  readonly series: string
  readonly from: Instant
  readonly perAcceleratorHour: Figure<Money>
}
