import type { Booking } from '../../demand/booking.ts'
import type { NodeStretch } from '../events.ts'
import type { PassContext } from '../pass-context.ts'
import type { PoolState } from '../pool-state.ts'
import type { BookedWindow } from './booked-windows.ts'
import { planWindow, stretches } from './plan-window.ts'

/** Books what was found to fit. */
export function bookWindow({ state, at, emit }: PassContext, booking: Booking): void {
  const plan = planWindow(state, booking, at)
  if (typeof plan === 'object') emit({ kind: 'windowBooked', at, booking, ...plan })
}

/** Nodes of the pool are gone: windows on them move if they are not open and find other room, else they keep what is left. */
export function moveOffLostNodes({ state, at, emit }: PassContext, poolId: string): void {
  for (const window of [...state.windows]) {
    const pool = state.pool(poolId)
    if (window.poolId !== poolId || !hasLost(window, pool)) continue
    const { booking, done, isOpen } = window
    const plan = isOpen ? undefined : planWindow(state, booking, at, done)
    const to = typeof plan === 'object' ? plan : { poolId, room: whatIsLeft(window, pool) }
    emit({ kind: 'windowMoved', at, windowId: booking.id, ...to })
  }
}

function hasLost({ room }: BookedWindow, pool: PoolState): boolean {
  return room.some(({ first, nodes }) => {
    for (let node = first; node < first + nodes; node++) if (pool.free.isRetired(node)) return true
    return false
  })
}

function whatIsLeft({ room }: BookedWindow, { free }: PoolState): NodeStretch[] {
  const nodes = room.flatMap(({ first, nodes: count }) => Array.from({ length: count }, (_, n) => first + n))
  return stretches(nodes.filter((node) => !free.isRetired(node)).map((first) => ({ first, nodes: 1 })))
}
