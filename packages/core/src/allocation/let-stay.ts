import { assert } from '../base/assert.ts'
import type { AllocationState } from './allocation-state.ts'
import type { GangState } from './gang-state.ts'
import { anchorOf, type HandOver, isServedBy } from './hand-over.ts'
import type { PassContext } from './pass-context.ts'

/**
 * One that was asked need not go for this owner. Where another counts on its room it goes for that one, no sooner than it was
 * told; else it stays.
 */
export function letStay(context: PassContext, victim: GangState): void {
  const { state, at, emit } = context
  const gangId = victim.gang.id
  const asked = victim.reclaim
  assert(asked, 'who is let stay was asked to go')
  const next = [...state.handOvers.values()].find(
    (other) =>
      other.owner.gang.id !== asked.forGangId &&
      other.by >= asked.by &&
      isServedBy(other, victim) &&
      isOwed(state, other, victim),
  )
  if (next) {
    const { owner, by } = next
    emit({ kind: 'reclaimAsked', at, gangId, forGangId: owner.gang.id, by })
    return
  }
  emit({ kind: 'reclaimDropped', at, gangId })
  context.hasDroppedReclaims = true
}

/** Whether the owner may ask this one, when all others who were asked have gone. */
function isOwed({ accounts, handOvers }: AllocationState, handOver: HandOver, victim: GangState): boolean {
  const { owner, parts } = handOver
  const others = [...handOvers.values()]
    .flatMap(({ victims }) => [...victims])
    .filter((other) => other !== victim)
  accounts.chargeParts(owner.gang.tenant, parts, -1)
  for (const other of others) accounts.chargeParts(other.gang.tenant, other.parts, -1)
  const owed = accounts.owedTo(owner.gang.tenant, victim.gang.tenant, anchorOf(handOver))
  for (const other of others) accounts.chargeParts(other.gang.tenant, other.parts, 1)
  accounts.chargeParts(owner.gang.tenant, parts, 1)
  return owed > 0
}
