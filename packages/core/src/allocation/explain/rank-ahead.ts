import type { AllocationState } from '../allocation-state.ts'
import { acceleratorsOfPart } from '../events.ts'
import type { GangState } from '../gang-state.ts'
import type { Preempting } from '../policies/queue-policy.ts'
import type { PoolState } from '../pool-state.ts'
import { overdueAt, progressOf } from '../preempt/progress.ts'
import { compareRanked, type Ranked } from '../preempt/ranking.ts'

/** Who goes before a waiting gang in a pool by the policy's ranks. */
export interface Ahead {
  /** The one that it would have to come before next: of those ahead that run there, the last. */
  readonly gangId: string
  /** Accelerators of the pool that those ahead hold. */
  readonly accelerators: number
}

/** Nothing where all that runs in the pool ranks behind the gang. */
export function aheadOf(
  policy: Preempting,
  gang: GangState,
  pool: PoolState,
  state: AllocationState,
): Ahead | undefined {
  const own = ranked(policy, gang, state)
  const ahead = [...pool.running]
    .map((other) => ranked(policy, other, state))
    .filter((other) => compareRanked(other, own) < 0)
    .sort(compareRanked)
  const last = ahead.at(-1)
  if (!last) return undefined
  const held = ahead.flatMap((each) => each.gang.parts.filter(({ poolId }) => poolId === pool.pool.id))
  return {
    gangId: last.gang.gang.id,
    accelerators: held.reduce((sum, part) => sum + acceleratorsOfPart(part), 0),
  }
}

function ranked(policy: Preempting, gang: GangState, { now: at, durations }: AllocationState): Ranked {
  const overdue = overdueAt(policy, gang)
  const rank = overdue <= at ? Number.NEGATIVE_INFINITY : policy.rank(progressOf(gang, at, durations))
  return { gang, rank, overdueAt: overdue }
}
