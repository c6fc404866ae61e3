import type { AllocationState } from '../allocation-state.ts'
import type { AllocationEvent } from '../events.ts'
import type { Broken } from './broken.ts'
import { type CountedWindow, mayUse, sitsOn, timeOf } from './counted-windows.ts'
import type { CountedGang, Recount } from './recount.ts'

type EventOf<Kind extends AllocationEvent['kind']> = Extract<AllocationEvent, { kind: Kind }>

/** What an event does to windows that it must not, seen from what was before it. */
export function windowEventRules(recount: Recount, event: AllocationEvent): Broken[] {
  if (event.kind === 'placed') return placedRules(recount, event)
  if (event.kind === 'evicted') return event.because === 'forWindow' ? evictedRules(recount, event) : []
  if (event.kind === 'windowBooked') {
    const window = { ...event, nodes: nodesIn(event.room), done: 0 }
    return roomRules(recount, window, event.at)
  }
  if (!('windowId' in event)) return []
  const window = recount.windows.byId.get(event.windowId)
  if (!window) return [{ rule: 'namesKnownThings', subject: event.windowId }]
  if (event.kind === 'windowNoticeGiven') return noticeRules(recount, window, event)
  // An open one, and one that finds no other room, keeps what is left of its own.
  const isLess = event.kind === 'windowMoved' && [...nodesIn(event.room)].every((n) => window.nodes.has(n))
  if (event.kind !== 'windowMoved' || isLess) return []
  const { booking, done } = window
  return roomRules(recount, { booking, done, poolId: event.poolId, nodes: nodesIn(event.room) }, event.at)
}

function nodesIn(room: EventOf<'windowBooked'>['room']): Set<number> {
  return new Set(room.flatMap(({ first, nodes }) => Array.from({ length: nodes }, (_, n) => first + n)))
}

/** Backfill or not: nobody starts on the room of a window who is not its own, gone by then or made to go in time. */
function placedRules(recount: Recount, event: EventOf<'placed'>): Broken[] {
  const known = recount.gangs.get(event.gangId)
  if (!known) return []
  const end = recount.windows.endOf(recount, event)
  return [...recount.windows.byId.values()]
    .filter((window) => sitsOn(window, event.parts) && !mayStart(recount, window, known, event.at, end))
    .map(({ booking }) => ({ rule: 'windowsAreLeftAlone', subject: event.gangId, found: booking.id }))
}

function mayStart(
  recount: Recount,
  window: CountedWindow,
  { gang }: CountedGang,
  at: number,
  end: number,
): boolean {
  const { booking, isOpen, done } = window
  const named = gang.window === undefined ? undefined : recount.windows.byId.get(gang.window)
  const isForAnother = named !== undefined && named !== window
  if (!isForAnother && mayUse(recount, window, gang)) return isOpen || booking.isFor === 'tenant'
  const opens = timeOf(booking, done).start
  if (!isOpen) return end <= opens || (gang.reclaimable && at + recount.noticeMs <= opens)
  return !isForAnother && booking.lends && gang.reclaimable && window.leaving.size === 0
}

function evictedRules(recount: Recount, event: EventOf<'evicted'>): Broken[] {
  const isDue = [...recount.windows.byId.values()].some(
    ({ isOpen, leaving }) => isOpen && (leaving.get(event.gangId) ?? event.at + 1) <= event.at,
  )
  return isDue ? [] : [{ rule: 'noticeIsKept', subject: event.gangId, found: event.at }]
}

function noticeRules(recount: Recount, window: CountedWindow, event: EventOf<'windowNoticeGiven'>): Broken[] {
  const broken: Broken[] = []
  if (event.gangIds.length > 0 && event.by < event.at + recount.noticeMs)
    broken.push({ rule: 'noticeIsKept', subject: event.windowId, found: event.by })
  for (const id of event.gangIds) {
    const known = recount.gangs.get(id)
    const isInTheWay = known?.parts && sitsOn(window, known.parts) && !mayUse(recount, window, known.gang)
    if (!isInTheWay || !known.gang.reclaimable || window.leaving.has(id))
      broken.push({ rule: 'windowsAskOthersOnly', subject: id, found: event.windowId })
  }
  return broken
}

interface PlannedRoom extends Pick<CountedWindow, 'booking' | 'done' | 'poolId' | 'nodes'> {}

/** Its nodes are there, nobody else has booked them for the same time, and nobody will be on them who is not made to go. */
function roomRules(recount: Recount, planned: PlannedRoom, at: number): Broken[] {
  const { booking, done, poolId, nodes } = planned
  const broken: Broken[] = []
  const found = booking.id
  const pool = recount.pools.get(poolId)
  const capacity = [...nodes].reduce((sum, n) => sum + (pool?.nodes[n]?.capacity ?? 0), 0)
  const isThere = [...nodes].every((n) => pool?.nodes[n]?.isRemoved === false)
  if (!isThere || capacity < booking.members * booking.acceleratorsPerMember)
    broken.push({ rule: 'windowsHaveRoom', subject: found, found: capacity })
  for (const other of recount.windows.byId.values()) {
    const isShared = other.poolId === poolId && [...nodes].some((n) => other.nodes.has(n))
    if (other.booking.id !== found && isShared && meet(planned, other))
      broken.push({ rule: 'windowsHaveRoom', subject: other.booking.id, found })
  }
  const opens = timeOf(booking, done).start
  const window = { ...planned, isOpen: false, isNoticed: false, leaving: new Map() }
  for (const [id, { gang, parts = [] }] of recount.gangs) {
    if (!sitsOn(window, parts) || (booking.isFor === 'tenant' && mayUse(recount, window, gang))) continue
    const isGone = (recount.windows.ends.get(id) ?? 0) <= opens
    if (!isGone && !(gang.reclaimable && at + recount.noticeMs <= opens))
      broken.push({ rule: 'windowsHaveRoom', subject: id, found })
  }
  return broken
}

function meet(a: PlannedRoom, b: PlannedRoom): boolean {
  for (let n = a.done; n < (a.booking.repeat?.times ?? 1); n++) {
    for (let m = b.done; m < (b.booking.repeat?.times ?? 1); m++) {
      const one = timeOf(a.booking, n)
      const other = timeOf(b.booking, m)
      if (one.start < other.until && other.start < one.until) return true
    }
  }
  return false
}

/** What does not hold of windows between two commands. */
export function windowStateRules(recount: Recount, state: AllocationState): Broken[] {
  const broken: Broken[] = []
  for (const [id, window] of recount.windows.byId) {
    const { booking, done, isOpen, leaving } = window
    const { start, until } = timeOf(booking, done)
    const isLate = (isOpen ? until : start) <= recount.now
    const isDue = isOpen && [...leaving.values()].some((by) => by <= recount.now)
    if (isLate || isDue) broken.push({ rule: 'windowsOpenOnTime', subject: id, found: recount.now })
    if (isOpen && !booking.lends) broken.push(...strangersIn(recount, window))
  }
  const expected = JSON.stringify([...recount.windows.byId.values()].map(told))
  const found = JSON.stringify(
    [...state.windows].map((window) => told({ ...window, nodes: nodesIn(window.room) })),
  )
  if (expected !== found) broken.push({ rule: 'windowsAreCounted', subject: 'all', expected, found })
  return broken
}

/** Who can be made to go has been told to, where the window does not lend. */
function strangersIn(recount: Recount, window: CountedWindow): Broken[] {
  return [...recount.gangs.values()]
    .filter(({ gang, parts = [] }) => sitsOn(window, parts) && !mayUse(recount, window, gang))
    .filter(({ gang }) => gang.reclaimable && !window.leaving.has(gang.id))
    .map(({ gang }) => ({ rule: 'windowsAreTheirTenants', subject: gang.id, found: window.booking.id }))
}

function told({ booking, poolId, nodes, done, isOpen, isNoticed, leaving }: CountedWindow): unknown {
  return [booking.id, poolId, [...nodes], done, isOpen, isNoticed, [...leaving]]
}
