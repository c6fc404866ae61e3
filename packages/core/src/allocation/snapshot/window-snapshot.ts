import { instant } from '../../base/instant.ts'
import type { Path } from '../../base/path.ts'
import { timesOf } from '../../demand/booking.ts'
import type { AllocationState } from '../allocation-state.ts'
import type { BookedWindow } from '../windows/booked-windows.ts'
import { isGoodBooking } from '../windows/refuse-window.ts'
import { count, type Form, finite, flag, listOf, oneOf, record, text } from './form.ts'
import type { WindowSnapshot } from './snapshot-data.ts'

export function windowSnapshot({ leaving, ...window }: BookedWindow): WindowSnapshot {
  return { ...window, leaving: [...leaving].map(([gangId, by]) => ({ gangId, by })) }
}

/** Restores a window, once the gangs that run are in their places. */
export function rebuildWindow(
  state: AllocationState,
  { leaving, ...window }: WindowSnapshot,
): Path | undefined {
  const { booking, poolId, room, done } = window
  const pool = state.poolById.get(poolId)
  if (!isGoodBooking(booking) || state.windows.get(booking.id)) return ['booking']
  if (!pool) return ['poolId']
  if (room.some(({ first, nodes }) => first + nodes > pool.free.nodes)) return ['room']
  if (done >= timesOf(booking)) return ['done']
  for (const [n, { gangId }] of leaving.entries())
    if (!state.gangs.get(gangId)?.running) return ['leaving', n, 'gangId']
  const due = new Map(leaving.map(({ gangId, by }) => [gangId, instant(by)]))
  state.windows.restore({ ...window, leaving: due })
  return undefined
}

const BOOKING = record({
  id: text,
  tenant: text,
  members: count,
  acceleratorsPerMember: count,
  within: record({ level: oneOf('node', 'domain', 'block', 'pool'), required: flag }),
  accepts: listOf(text),
  'pool?': text,
  start: finite,
  until: finite,
  'repeat?': record({ everyMs: count, times: count }),
  isFor: oneOf('tenant', 'named'),
  lends: flag,
})

export const WINDOWS: Form = listOf(
  record({
    booking: BOOKING,
    poolId: text,
    room: listOf(record({ first: count, nodes: count })),
    done: count,
    isOpen: flag,
    isNoticed: flag,
    leaving: listOf(record({ gangId: text, by: finite })),
  }),
)
