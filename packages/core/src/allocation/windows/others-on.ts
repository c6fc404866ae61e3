import type { AllocationState } from '../allocation-state.ts'
import type { GangState } from '../gang-state.ts'
import { isItsOwn } from './admission.ts'
import type { BookedWindow } from './booked-windows.ts'

/** Running gangs on the window's room that are not its own, in the order of their numbers. */
export function othersOn(state: AllocationState, window: BookedWindow): GangState[] {
  const { holders } = state.pool(window.poolId)
  const found = window.room.flatMap(({ first, nodes }) => holders.on(first, first + nodes))
  return [...new Set(found)]
    .filter(({ gang }) => !isItsOwn(state, window, gang))
    .sort((a, b) => a.seq - b.seq)
}
