import type { Instant } from '../../base/instant.ts'
import type { OutageScope } from '../../capacity/outage-scope.ts'

/** Announced (its nodes drain until it begins), or holding. It is gone when it has ended. */
export interface Outage {
  readonly id: string
  readonly of: OutageScope
  /** When an announced one begins; absent once it holds. */
  readonly by?: Instant
}
