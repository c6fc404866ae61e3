import type { Instant } from '../../base/instant.ts'
import { endBy, type GangState, workDoneBy } from '../gang-state.ts'
import type { PoolState } from '../pool-state.ts'
import type { Durations } from './durations.ts'
import { levelOf } from './level.ts'

/** A gang that is foreseen teaches the levels that it has passed since it last did, and in which it ended. */
export function learnFrom(durations: Durations, gang: GangState, at: Instant, hasEnded: boolean): void {
  if (gang.expectedMs === undefined) return
  const from = gang.taughtLevel
  gang.taughtLevel = Math.max(from, levelOf(workDoneBy(gang, at)))
  durations.note(gang.gang, { from, to: gang.taughtLevel, hasEnded })
}

/** A gang that runs in these pools is expected to take so much in all from now on. */
export function expectAnew(gang: GangState, pools: readonly PoolState[], expectedMs: number): void {
  for (const pool of pools) pool.running.remove(gang)
  gang.expectedMs = expectedMs
  gang.expectedEnd = endBy(gang, gang.placedAt, gang.speed)
  for (const pool of pools) {
    pool.running.add(gang)
    pool.openings.clear()
  }
}
