import type { Figure } from '../base/figure.ts'
import type { Money } from '../base/money.ts'
import type { Share } from '../base/quantity.ts'

/**
 * Arithmetic that a portfolio states about itself and that a run must reproduce: a sum of agreements, or a stated sum,
 * spread over years or set against another sum.
 */
export interface Expectation {
  readonly name: string
  readonly of: { readonly agreements: readonly string[] } | { readonly sum: Figure<Money> }
  /** Divides the sum by so many years. */
  readonly overYears?: number
  /** Divides by this sum, which makes the value a plain ratio. */
  readonly against?: Figure<Money>
  /** In currency units, or the ratio. */
  readonly expected: number
  readonly tolerance: Share
}
