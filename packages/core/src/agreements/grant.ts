import type { Instant } from '../base/instant.ts'
import type { Span } from '../base/span.ts'
import type { Price } from './agreement.ts'

/** One tranche, resolved: accelerators of a pool during a stretch of time, and what they cost. */
export interface Grant {
  /** `agreement/line/tranche`. */
  readonly id: string
  readonly agreementId: string
  readonly lineId: string
  readonly binding: boolean
  readonly provider: string
  readonly region: string
  readonly hardware: string
  readonly fabric: string
  readonly accelerators: number
  /** When the agreement promised it. */
  readonly promised: Instant
  /** From its delivery (real, expected or, failing both, promised; plus any what-if slip) to the end of the term. */
  readonly span: Span
  readonly price: Price
  readonly takeOrPayPpm: number
  /** Whether quantity or date rests on an assumption. */
  readonly assumed: boolean
}
