import type { GangState } from '../gang-state.ts'
import type { PassContext } from '../pass-context.ts'
import { carryOutMoves } from './carry-out-moves.ts'
import { planMoves } from './plan-moves.ts'

/**
 * Carries out moves that pay for themselves, where a gang was promised a place in the future and nobody is stopped by rank: what
 * they save is told by that promise. Returns whether anybody moved.
 */
export function moveForTheFirst(context: PassContext): boolean {
  const { preempts, promisesAll } = context.policy
  if (preempts || promisesAll || context.state.queue.size === 0) return false
  const offered = planMoves(context, (gang) => promisedStart(context, gang))
  if (!offered) return false
  carryOutMoves(context, offered.plan)
  return true
}

function promisedStart({ state }: PassContext, { gang }: GangState): number {
  let start = Number.POSITIVE_INFINITY
  for (const { reservation } of state.pools)
    if (reservation?.gangId === gang.id) start = Math.min(start, reservation.opening.start)
  return start
}
