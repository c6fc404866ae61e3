import type { AllocationState } from '../allocation-state.ts'
import type { AllocationEvent, Part } from '../events.ts'
import type { Broken } from './broken.ts'
import { placementRules } from './placement-rules.ts'
import { borrowedFor, wholeHoldingsOf } from './quota-rules.ts'
import { type CountedGang, type Recount, takenByNode } from './recount.ts'

type EventOf<Kind extends AllocationEvent['kind']> = Extract<AllocationEvent, { kind: Kind }>

/** A gang that runs keeps what it was placed on, and has grown by what makes one of its sizes. */
export function resizedRules(recount: Recount, gang: CountedGang, event: EventOf<'resized'>): Broken[] {
  const subject = gang.gang.id
  const { parts } = gang
  if (!parts) return [{ rule: 'changesOnlyWhileRunning', subject }]
  const broken = placementRules(recount, gang.gang, event.parts)
  for (const [r, role] of gang.gang.roles.entries()) {
    const before = parts[r]
    const after = event.parts[r]
    if (!before || !after || before.poolId !== after.poolId || !contains(after, before))
      broken.push({ rule: 'sizeIsAllowed', subject: `${subject}/${role.name}` })
    else if (!role.elastic && !contains(before, after))
      broken.push({ rule: 'sizeIsAllowed', subject: `${subject}/${role.name}` })
  }
  return [...broken, ...changeRules(recount, gang, event)]
}

/** A gang that runs, and may be moved so far, goes on at its smallest size. */
export function movedRules(recount: Recount, gang: CountedGang, event: EventOf<'moved'>): Broken[] {
  const subject = gang.gang.id
  if (!gang.parts) return [{ rule: 'changesOnlyWhileRunning', subject }]
  return [...placementRules(recount, gang.gang, event.parts), ...changeRules(recount, gang, event)]
}

function contains(large: Part, small: Part): boolean {
  const held = takenByNode([large], large.poolId)
  return [...takenByNode([small], small.poolId)].every(([node, taken]) => (held.get(node) ?? 0) >= taken)
}

function changeRules(
  recount: Recount,
  { gang, work }: CountedGang,
  event: EventOf<'resized'> | EventOf<'moved'>,
): Broken[] {
  const broken: Broken[] = []
  const lostMs = work.restartsBy(event) ? work.lostBy(event.at) : 0
  if (event.lostMs !== lostMs)
    broken.push({ rule: 'workIsCounted', subject: gang.id, expected: lostMs, found: event.lostMs })
  const borrowed = borrowedFor(recount, wholeHoldingsOf(recount, gang.id), gang.tenant, event.parts)
  if (event.borrowed !== borrowed)
    broken.push({ rule: 'borrowedIsCounted', subject: gang.id, expected: borrowed, found: event.borrowed })
  return broken
}

/** What an eviction leaves one whose size or place has changed: by each stretch at the speed that held. */
export function keptRules({ gang, work }: CountedGang, { at, keptMs }: EventOf<'evicted'>): Broken[] {
  const expected = work.savedBy(at)
  const isSame = !work.hasChanged || Math.abs(keptMs - expected) <= 1
  return isSame ? [] : [{ rule: 'workIsCounted', subject: gang.id, expected, found: keptMs }]
}

/** Whether all run as fast as their hardware, their size and the slowest of their nodes make them. */
export function speedRules(recount: Recount, state: AllocationState): Broken[] {
  return [...recount.gangs].flatMap(([id, { parts, work }]): Broken[] => {
    const found = state.gangs.get(id)?.speed
    if (!parts) return []
    const expected = work.speedNow(recount)
    if (found !== undefined && Math.abs(found - expected) <= 1e-9) return []
    return [{ rule: 'workIsCounted', subject: id, expected, found: found ?? 0 }]
  })
}
