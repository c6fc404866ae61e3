import type { AllocationState } from '../allocation-state.ts'
import type { Part, RefusalCause } from '../events.ts'
import type { GangState } from '../gang-state.ts'
import { areWholeOnly } from '../member-runs.ts'
import { arePartsOf } from './are-parts-of.ts'
import { mayMoveTo } from './may-move-to.ts'
import type { MovePlan, PlannedMove } from './move-plan.ts'
import { RoomTally } from './room-tally.ts'

/** Why a plan cannot be carried out as things are now; nothing where it can. */
export function refuseMoves(state: AllocationState, plan: MovePlan): RefusalCause | undefined {
  const winner = state.gangs.get(plan.gangId)
  if (!winner) return state.gangs.hasEnded(plan.gangId) ? 'alreadyEnded' : 'unknownGang'
  if (winner.running || winner.awaits) return 'notWaiting'
  if (new Set(plan.moves.map(({ gangId }) => gangId)).size < plan.moves.length) return 'malformed'
  if (!arePartsOf(state, winner, plan.parts)) return 'malformed'
  for (const move of plan.moves) {
    const refused = refuseMove(state, move)
    if (refused) return refused
  }
  // What is booked is not to be given away by moves.
  if (state.windows.size > 0) return 'notMovable'
  if (winner.mindsMoney || winner.gang.spread || !areAllWhole(plan.parts)) return 'notMovable'
  if (!isRoomFor(state, plan)) return 'roomIsTaken'
  return keepsQuotas(state, winner, plan) ? undefined : 'beyondQuota'
}

function refuseMove(state: AllocationState, { gangId, from, to }: PlannedMove): RefusalCause | undefined {
  const gang = state.gangs.get(gangId)
  if (!gang) return state.gangs.hasEnded(gangId) ? 'alreadyEnded' : 'unknownGang'
  if (!gang.running) return 'notRunning'
  if (!arePartsOf(state, gang, to)) return 'malformed'
  if (gang.reclaim || !areAllWhole(gang.parts) || !areAllWhole(to) || !mayMoveTo(state, gang, to))
    return 'notMovable'
  return JSON.stringify(from) === JSON.stringify(gang.parts) ? undefined : 'hasMoved'
}

function areAllWhole(parts: readonly Part[]): boolean {
  return parts.every(({ runs }) => areWholeOnly(runs))
}

/** Those who move find what is free now; who starts finds that and what they leave. */
function isRoomFor(state: AllocationState, { parts, moves }: MovePlan): boolean {
  const room = new RoomTally(state)
  for (const { to } of moves) if (!room.take(to)) return false
  for (const { from } of moves) room.leave(from)
  return room.take(parts)
}

/** Nobody who moves borrows more than before, and who starts borrows no more than it may. */
function keepsQuotas(state: AllocationState, winner: GangState, { parts, moves }: MovePlan): boolean {
  const { accounts } = state
  if (!accounts.hasQuotas) return true
  const moving = moves.map(({ gangId, to }) => ({ gang: state.gangs.get(gangId) as GangState, to }))
  const charge = (gang: GangState, held: readonly Part[], sign: 1 | -1): void =>
    accounts.chargeParts(gang.gang.tenant, held, sign)
  const moved: typeof moving = []
  const isAllowed =
    moving.every(({ gang, to }) => {
      charge(gang, gang.parts, -1)
      const before = accounts.borrowingOf(gang.gang.tenant, gang.parts).borrowed
      const after = accounts.borrowingOf(gang.gang.tenant, to)
      charge(gang, to, 1)
      moved.push({ gang, to })
      return after.borrowed <= before
    }) && accounts.borrowingOf(winner.gang.tenant, parts).isAllowed
  for (const { gang, to } of moved) {
    charge(gang, to, -1)
    charge(gang, gang.parts, 1)
  }
  return isAllowed
}
