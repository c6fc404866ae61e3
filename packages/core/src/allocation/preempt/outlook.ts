import type { Instant } from '../../base/instant.ts'
import type { AllocationState } from '../allocation-state.ts'
import { couldHold } from '../could-hold.ts'
import type { GangState } from '../gang-state.ts'
import type { PoolState } from '../pool-state.ts'
import { progressOf } from './progress.ts'

/** What lies before a fleet: all work that is known, of gangs that run and of those that wait and could. */
export interface Outlook {
  /** How long all of it would take the whole fleet. */
  readonly drainMs: number
  /** The gang that has most left, in time × accelerators. */
  readonly largest: GangState | undefined
}

export function outlookOf(state: AllocationState, gangs: Iterable<GangState>, at: Instant): Outlook {
  let work = 0
  let most = 0
  let largest: GangState | undefined
  for (const gang of gangs) {
    const { remainingMs, accelerators } = progressOf(gang, at, state.durations)
    if (!Number.isFinite(remainingMs) || !couldRun(state, gang)) continue
    const left = Math.max(0, remainingMs) * accelerators
    work += left
    if (left > most || (left === most && largest && gang.seq < largest.seq)) largest = gang
    most = Math.max(most, left)
  }
  let capacity = 0
  for (const { free } of state.pools) capacity += free.capacity
  return { drainMs: work / Math.max(1, capacity), largest }
}

/** Whether the gang would still run when all others have ended, if it did not start now. */
export function wouldOutlastAll({ drainMs }: Outlook, remainingMs: number): boolean {
  return Number.isFinite(remainingMs) && remainingMs >= drainMs
}

/** Whether the gang has been there for as long as all that is known would yet take; the largest one waits for the others. */
export function hasWaitedItsShare({ drainMs, largest }: Outlook, gang: GangState, at: Instant): boolean {
  return gang !== largest && at - gang.submittedAt >= drainMs
}

function couldRun({ pools }: AllocationState, { running, shape }: GangState): boolean {
  return running || shape.anchors.some((number) => couldHold(shape, pools[number] as PoolState, pools))
}
