import { assert } from '../../base/assert.ts'
import type { Instant } from '../../base/instant.ts'
import type { AllocationState } from '../allocation-state.ts'
import { borrowedWith } from '../elastic/shrink.ts'
import type { AllocationEvent } from '../events.ts'
import { type GangState, worthOfStopping } from '../gang-state.ts'
import type { PassContext } from '../pass-context.ts'
import { start } from '../start.ts'
import type { MovePlan, PlannedMove } from './move-plan.ts'

/** Moves whoever is to move, and starts the one for whom they do. */
export function carryOutMoves(context: PassContext, { gangId, parts, moves }: MovePlan): void {
  const { state, emit, at } = context
  for (const move of moves) emit(movedBy(state, move, at))
  const winner = state.gangs.get(gangId)
  assert(winner, 'a plan that was not refused is for a known gang')
  start(context, winner, { parts, borrowed: state.accounts.borrowingOf(winner.gang.tenant, parts).borrowed })
}

function movedBy(state: AllocationState, { gangId, to }: PlannedMove, at: Instant): AllocationEvent {
  const gang = state.gangs.get(gangId)
  assert(gang, 'a plan that was not refused moves known gangs')
  const borrowed = borrowedWith(state, gang, to)
  return { kind: 'moved', at, gangId, parts: to, borrowed, lostMs: thrownAway(gang, at) }
}

/** Running time that a move throws away, of one that has not only just begun. */
export function thrownAway(gang: GangState, at: Instant): number {
  return at > gang.since ? worthOfStopping(gang, at).lostMs : 0
}
