import type { Instant } from '../../base/instant.ts'
import { type GangState, workDoneBy } from '../gang-state.ts'
import type { Durations } from './durations.ts'
import { levelOf } from './level.ts'

/** A gang that is foreseen teaches the levels that it has passed since it last did, and in which it ended. */
export function learnFrom(durations: Durations, gang: GangState, at: Instant, hasEnded: boolean): void {
  if (gang.expectedMs === undefined) return
  const from = gang.taughtLevel
  gang.taughtLevel = Math.max(from, levelOf(workDoneBy(gang, at)))
  durations.note(gang.gang, { from, to: gang.taughtLevel, hasEnded })
}
