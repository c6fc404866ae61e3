import type { Instant } from '../../base/instant.ts'
import { type Booking, everMeet, occurrence } from '../../demand/booking.ts'
import { Accounts } from '../accounts.ts'
import type { AllocationState } from '../allocation-state.ts'
import type { NodeStretch, Part } from '../events.ts'
import { FreeIndex } from '../free-index.ts'
import type { GangState } from '../gang-state.ts'
import { chooseNodes } from '../placement.ts'
import type { PoolState } from '../pool-state.ts'
import { isItsOwn, leavesInTime } from './admission.ts'
import type { BookedWindow } from './booked-windows.ts'

/** Where a window will lie. */
export interface WindowPlan {
  readonly poolId: string
  readonly room: readonly NodeStretch[]
}

export type NoWindow = 'beyondItsRight' | 'noRoomForWindow'

/**
 * Whole nodes for a booking, beside those of all other bookings in force at the same time and of those gangs that will not be
 * gone by its start: on nodes in service if that suffices. `done` of its times are over.
 */
export function planWindow(
  state: AllocationState,
  booking: Booking,
  at: Instant,
  done = 0,
): WindowPlan | NoWindow {
  const pools = poolsFor(state, booking)
  const allowed = pools.filter((pool) => isWithinRight(state, booking, pool, done))
  if (allowed.length === 0 && pools.length > 0) return 'beyondItsRight'
  for (const mayHaveFailed of [false, true]) {
    for (const pool of allowed) {
      const room = roomIn(state, booking, pool, at, { done, mayHaveFailed })
      if (room) return { poolId: pool.pool.id, room }
    }
  }
  return 'noRoomForWindow'
}

function poolsFor({ pools }: AllocationState, { accepts, pool: only }: Booking): PoolState[] {
  return accepts.flatMap((hardware) =>
    pools.filter(({ pool }) => pool.hardware === hardware && (only === undefined || pool.id === only)),
  )
}

/** A window is a promise of what is the tenant's own: all that it books at once, it must own. */
function isWithinRight(
  { accounts, tenants, windows }: AllocationState,
  booking: Booking,
  { pool }: PoolState,
  done: number,
): boolean {
  if (!accounts.hasQuotas) return true
  const booked = new Accounts()
  booked.set(tenants)
  for (const other of windows) {
    if (other.booking.id !== booking.id && everMeet(booking, other.booking, done, other.done))
      booked.chargeParts(other.booking.tenant, [asPart(other.booking, other.poolId)], 1)
  }
  return booked.borrowedAfter(booking.tenant, pool.id, sizeOf(booking)) === 0
}

function sizeOf({ members, acceleratorsPerMember }: Booking): number {
  return members * acceleratorsPerMember
}

function asPart(booking: Booking, poolId: string): Part {
  return { role: '', poolId, runs: [{ first: 0, nodes: 1, each: sizeOf(booking) }], cpuCores: 0 }
}

function roomIn(
  state: AllocationState,
  booking: Booking,
  pool: PoolState,
  at: Instant,
  { done, mayHaveFailed }: { readonly done: number; readonly mayHaveFailed: boolean },
): NodeStretch[] | undefined {
  const index = new FreeIndex()
  index.add(pool.groups)
  for (let node = 0; node < index.nodes; node++) {
    const isGood = pool.free.isOnline(node) || (mayHaveFailed && !pool.free.isRetired(node))
    if (!isGood) index.retire(node, 1)
  }
  for (const { first, nodes } of takenIn(state, booking, pool, at, done)) index.retire(first, nodes)
  const { members, acceleratorsPerMember: each, within } = booking
  const chosen = chooseNodes(index, { members, each, within })
  return chosen && stretches(chosen)
}

/** The nodes that others have booked, or will still hold when it starts. */
function takenIn(
  state: AllocationState,
  booking: Booking,
  { pool, running }: PoolState,
  at: Instant,
  done: number,
): NodeStretch[] {
  const { start } = occurrence(booking, done)
  const taken: NodeStretch[] = []
  const take = (parts: readonly Part[]): void => {
    for (const part of parts) if (part.poolId === pool.id) taken.push(...part.runs)
  }
  for (const other of state.windows) {
    const isOther = other.booking.id !== booking.id && other.poolId === pool.id
    if (isOther && everMeet(booking, other.booking, done, other.done)) taken.push(...other.room)
  }
  for (const gang of running) if (staysIn(state, booking, gang, at, start)) take(gang.parts)
  for (const { parts } of state.handOvers.values()) take(parts)
  return taken
}

/** Whether a running gang will be in the window's way at its start. */
function staysIn(
  state: AllocationState,
  booking: Booking,
  { gang, expectedEnd }: GangState,
  at: Instant,
  start: number,
): boolean {
  const isOwn = booking.isFor === 'tenant' && isItsOwn(state, { booking }, gang)
  return !isOwn && !leavesInTime(state, start, { gang, at, end: expectedEnd })
}

/** Whether the window could open on its room as things stand: all nodes are in service, and nobody stays. */
export function isRoomGood(state: AllocationState, window: BookedWindow, at: Instant): boolean {
  const pool = state.pool(window.poolId)
  const { start } = occurrence(window.booking, window.done)
  return window.room.every(
    ({ first, nodes }) =>
      areInService(pool, first, first + nodes) &&
      pool.holders.on(first, first + nodes).every((gang) => !staysIn(state, window.booking, gang, at, start)),
  )
}

function areInService({ free }: PoolState, first: number, until: number): boolean {
  for (let node = first; node < until; node++) if (!free.isOnline(node)) return false
  return true
}

/** In order, those that follow one another together. */
export function stretches(runs: readonly NodeStretch[]): NodeStretch[] {
  const joined: NodeStretch[] = []
  for (const { first, nodes } of [...runs].sort((a, b) => a.first - b.first)) {
    const last = joined.at(-1)
    if (last && last.first + last.nodes >= first)
      joined[joined.length - 1] = {
        first: last.first,
        nodes: Math.max(last.nodes, first + nodes - last.first),
      }
    else joined.push({ first, nodes })
  }
  return joined
}
