import {
  bookWindow,
  cancelWindow,
  listWindows,
  showWindow,
  type WindowView,
} from '@offtake/contract/api/window-routes'
import type { AllocationState } from '@offtake/core/allocation/allocation-state'
import type { RefusalCause } from '@offtake/core/allocation/events'
import { type BookedWindow, timeOf } from '@offtake/core/allocation/windows/booked-windows'
import { type Booking, timesOf } from '@offtake/core/demand/booking'
import type { Actor } from '../access/actor.ts'
import { sees } from '../access/tenancy.ts'
import type { Engine } from '../engine/engine.ts'
import { orderOf } from '../engine/order.ts'
import { notFound, Problem } from '../problem.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { isoOf } from './iso.ts'
import { pageOfList } from './number-cursor.ts'
import { withPath } from './refusal-path.ts'

/** What a refusal of a booking is about. */
const PATHS: Partial<Record<RefusalCause, string>> = {
  duplicateWindow: 'body.id',
  unknownTenant: 'body.tenant',
  unknownPool: 'body.pool',
  windowInThePast: 'body.start',
  noRoomForWindow: 'body.members',
  beyondItsRight: 'body.members',
}

/** Windows: booked, looked at, cancelled. A tenant sees and books its own and those of the tenants below it. */
export function windowRoutes(engine: Engine): Endpoint[] {
  return [
    endpoint(listWindows, async ({ query, actor }) => {
      const { state } = engine.allocator
      const seen = [...state.windows]
        .filter(({ booking }) => isSeen(actor, booking, state))
        .filter(({ booking }) => query.tenant === undefined || booking.tenant === query.tenant)
        .sort((a, b) => timeOf(a).start - timeOf(b).start || (a.booking.id < b.booking.id ? -1 : 1))
      const { items, next } = pageOfList(seen, query)
      return { body: { items: items.map(viewOf), next } }
    }),
    endpoint(showWindow, async ({ params, actor }) => ({
      body: viewOf(requireWindow(engine.allocator.state, params.id, actor)),
    })),
    endpoint(bookWindow, async ({ body: booking, actor, key }) => {
      const { state } = engine.allocator
      if (!sees(actor, booking.tenant, () => state.tenants)) throw notFound('tenant', booking.tenant)
      requireGoodTime(booking)
      const order = { ...orderOf(actor, key), command: { kind: 'bookWindow' as const, booking } }
      const { events } = await engine.submit(order).catch(withPath(PATHS))
      const booked = events.find((event) => event.kind === 'windowBooked')
      return { body: viewOf({ ...AS_BOOKED, booking, poolId: '', room: [], ...booked }) }
    }),
    endpoint(cancelWindow, async ({ params: { id }, actor, key }) => {
      const { result } = await engine.submit({
        ...orderOf(actor, key),
        action: 'windowCancelled',
        target: id,
        asked: JSON.stringify({ cancelWindow: id }),
        // Looked at in its turn, and kept: whoever asks again under the same key is told of the window that was there.
        perform: async () => ({
          result: viewOf(requireWindow(engine.allocator.state, id, actor)),
          commands: [{ kind: 'cancelWindow', windowId: id }],
        }),
      })
      return { body: result as WindowView }
    }),
  ]
}

const AS_BOOKED = { done: 0, isOpen: false, isNoticed: false, leaving: new Map() } as const

function isSeen(actor: Actor, { tenant }: Booking, { tenants }: AllocationState): boolean {
  return sees(actor, tenant, () => tenants)
}

/** What one may not see is as if it were not there. */
function requireWindow(state: AllocationState, id: string, actor: Actor): BookedWindow {
  const window = state.windows.get(id)
  if (!window || !isSeen(actor, window.booking, state)) throw notFound('window', id)
  return window
}

function requireGoodTime({ start, until, repeat }: Booking): void {
  if (until <= start) throw invalid('body.until', 'it must end after it starts')
  if (repeat && repeat.everyMs < until - start)
    throw invalid('body.every', 'it must not come back before it has ended')
}

function invalid(path: string, message: string): Problem {
  return new Problem('invalid', `${path}: ${message}`, [{ path, message }])
}

function viewOf(window: BookedWindow): WindowView {
  const { booking, poolId, room, isOpen, done } = window
  const { start, until } = timeOf(window)
  return {
    id: booking.id,
    tenant: booking.tenant,
    state: isOpen ? 'open' : 'booked',
    pool: poolId,
    nodes: room.map(({ first, nodes }) => ({ first, count: nodes })),
    accelerators: booking.members * booking.acceleratorsPerMember,
    start: isoOf(start),
    until: isoOf(until),
    timesLeft: timesOf(booking) - done,
    for: booking.isFor,
    lends: booking.lends,
  }
}
