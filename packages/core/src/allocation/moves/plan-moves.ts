import { couldHold } from '../could-hold.ts'
import type { GangState } from '../gang-state.ts'
import type { PoolState } from '../pool-state.ts'
import { findMoves, type MoveSearch } from './find-moves.ts'
import type { MovePlan } from './move-plan.ts'
import { type PlanWorth, worthOfPlan } from './worth-of-plan.ts'

export interface OfferedPlan extends PlanWorth {
  readonly plan: MovePlan
  /** When the waiting gang would start if nobody moved. */
  readonly startMs: number
}

/**
 * Moves by which a waiting gang starts at once, and that pay for themselves: its accelerators × how much earlier it starts are more
 * than what those who move lose. Only for those that wait first in line for one of their pools, the first of them for which such
 * a plan is found. `startOf` says when one would start if nobody moved; infinite where that cannot be told.
 */
export function planMoves(search: MoveSearch, startOf: (gang: GangState) => number): OfferedPlan | undefined {
  for (const [winner, pools] of firstInLine(search)) {
    const offered = planFor(search, winner, pools, startOf)
    if (offered) return offered
  }
  return undefined
}

function planFor(
  search: MoveSearch,
  winner: GangState,
  pools: readonly PoolState[],
  startOf: (gang: GangState) => number,
): OfferedPlan | undefined {
  for (const pool of pools) {
    const plan = findMoves(search, winner, pool)
    if (!plan) continue
    const startMs = startOf(winner)
    const { saved, lost } = worthOfPlan(search.state, plan, startMs, search.at)
    if (Number.isFinite(saved) && saved > lost) return { plan, startMs, saved, lost }
  }
  return undefined
}

/** Waiting gangs by the pools in which nobody waits before them who could ever start there, in the order of the queue. */
function firstInLine({ state }: MoveSearch): ReadonlyMap<GangState, readonly PoolState[]> {
  const left = new Set(state.windows.size > 0 ? [] : state.pools)
  const first = new Map<GangState, readonly PoolState[]>()
  for (const gang of state.queue) {
    if (left.size === 0) break
    const own = gang.shape.anchors
      .map((number) => state.pools[number] as PoolState)
      .filter((pool) => left.has(pool) && couldHold(gang.shape, pool, state.pools))
    for (const pool of own) left.delete(pool)
    if (own.length > 0 && !gang.awaits) first.set(gang, own)
  }
  return first
}
