import type { Opening } from '../pool-state.ts'

/** What a gang would take of a pool if it started there now. */
export interface Passing {
  /** When it will have ended by its limit, infinite where it stated none. */
  readonly end: number
  readonly accelerators: number
  readonly cpuCores: number
}

/** Whether a gang may start in a pool before the one that has waited there longest. */
export interface QueuePolicy {
  readonly name: string
  /** `opening` is what the first was promised. Where the method is absent nobody passes, and nothing is promised. */
  mayPass?(opening: Opening, passing: Passing): boolean
}
