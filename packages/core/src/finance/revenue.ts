import type { Figure } from '../base/figure.ts'
import type { Money } from '../base/money.ts'

/** Revenue of one calendar year. */
export interface RevenuePoint {
  readonly year: number
  readonly revenue: Figure<Money>
}
