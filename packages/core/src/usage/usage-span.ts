import type { AcceleratorMs } from '../base/quantity.ts'
import type { Span } from '../base/span.ts'

/** One gang's stay on one pool, from its placement to its end or eviction. */
export interface UsageSpan extends Span {
  readonly gangId: string
  readonly tenant: string
  readonly poolId: string
  readonly accelerators: number
  /** Beyond the tenant's own quota: lent by others. */
  readonly borrowed: number
  /** Work that an eviction threw away (plus restart), part of the span. */
  readonly lostMs: number
}

export function timeOf(span: UsageSpan): AcceleratorMs {
  return (BigInt(span.accelerators) * BigInt(span.until - span.start)) as AcceleratorMs
}
