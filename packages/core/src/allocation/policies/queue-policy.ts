import type { Instant } from '../../base/instant.ts'
import type { Reservation } from '../pool-state.ts'

/** Whether a gang may start in a pool before the one that has waited there longest. */
export interface QueuePolicy {
  readonly name: string
  /**
   * `end` is when it will have ended by its limit, infinite where it stated none.
   * Where the method is absent nobody passes, and no place in the future is sought.
   */
  mayPass?(reservation: Reservation, end: number, accelerators: number, now: Instant): boolean
}
