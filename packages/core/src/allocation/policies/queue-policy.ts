import type { Opening } from '../pool-state.ts'

/** What a gang would take of a pool if it started there now. */
export interface Passing {
  /** When it will have ended by its limit, infinite where it stated none. */
  readonly end: number
  readonly accelerators: number
  readonly cpuCores: number
}

/** How far a gang is. */
export interface GangProgress {
  /** Until it will have ended by its limit or as foreseen, its restart included; infinite where neither is known. */
  readonly remainingMs: number
  /** What it has run for, its restarts apart. */
  readonly attainedMs: number
  readonly accelerators: number
  /** What of its time would be wasted if it were stopped now: done since it last saved, and to load that again; 0 while it waits. */
  readonly wasteMs: number
}

/** Which gang may start before which. */
export interface QueuePolicy {
  readonly name: string
  /**
   * Whether a gang may start in a pool before the one that has waited there longest. `opening` is what that one was promised.
   * Where the method is absent nobody passes, and nothing is promised.
   */
  mayPass?(opening: Opening, passing: Passing): boolean
  /** Whether every waiting gang is promised a place, and none of them may be delayed. */
  readonly promisesAll?: boolean
  /** Whether it foresees how long gangs last that state no limit, from those that have ended. */
  readonly foresees?: boolean
  /** Whether running gangs that may be moved are, where a gang that waits first in line then starts so much earlier that it pays. */
  readonly movesGangs?: boolean
  /** Where it is there, those of the lowest rank run, and others are stopped for them. It stays as it is while a gang waits. */
  readonly preempts?: Preempting
}

export interface Preempting {
  /** Whether a gang that would outlast all others runs first, so that the fleet is not left to it alone in the end. */
  readonly guardsEnd?: boolean
  /** Whether those go first that have been there for as long as all known work will yet take, but for the largest one. */
  readonly sharesWaits?: boolean
  rank(progress: GangProgress): number
  /** What a gang has run for when its rank changes next; never where the method is absent, or says so. */
  changesAt?(progress: GangProgress): number | undefined
  /** A gang that was submitted so long ago goes before all others, and is not stopped again. By its limit, if it stated one. */
  patienceMs?(limitMs: number | undefined): number
}
