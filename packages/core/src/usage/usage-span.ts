import type { Span } from '../base/span.ts'

/** One stay of one role of a gang on one pool, from its placement to its end or eviction. */
export interface UsageSpan extends Span {
  readonly gangId: string
  readonly role: string
  readonly tenant: string
  readonly poolId: string
  readonly accelerators: number
  readonly cpuCores: number
  /** Of the accelerators, those beyond the tenant's own quota: lent by others. */
  readonly borrowed: number
  /** The part of the span whose work an eviction threw away. */
  readonly lostMs: number
}
