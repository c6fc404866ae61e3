import { evict } from './evict.ts'
import type { GangState } from './gang-state.ts'
import { anchorOf, type HandOver } from './hand-over.ts'
import type { PassContext } from './pass-context.ts'
import { dropHandOver, start } from './start.ts'
import { chooseVictims } from './victims.ts'
import { placeAmid } from './windows/place-amid.ts'

/**
 * A hand-over is due, but not all who were asked borrow still. The owner was promised its room by now: it gets other room in
 * the pool, with as few of those gone who were asked and still borrow. Where that does not suffice the hand-over is dropped.
 */
export function fulfilOtherwise(context: PassContext, handOver: HandOver): void {
  for (const victim of chooseAgain(context, handOver)) evict(context, victim, 'reclaimed')
  dropHandOver(context, handOver)
  const { state } = context
  const { owner } = handOver
  const { tenant } = owner.gang
  const parts = placeAmid(state, owner, state.pool(anchorOf(handOver)), context.at)
  if (parts && state.accounts.borrowingOf(tenant, parts).borrowed === 0)
    start(context, owner, { parts, borrowed: 0 })
}

/** Nobody where it would not help. */
function chooseAgain(context: PassContext, handOver: HandOver): readonly GangState[] {
  const { state } = context
  const { owner, parts, victims, rooms } = handOver
  const { tenant } = owner.gang
  for (const room of rooms.values()) room.giveBack()
  state.accounts.chargeParts(tenant, parts, -1)
  const chosen = chooseVictims(context, owner, state.pool(anchorOf(handOver)), [...victims])
  state.accounts.chargeParts(tenant, parts, 1)
  for (const room of rooms.values()) room.grab()
  return chosen?.victims ?? []
}
