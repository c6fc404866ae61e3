import type { Instant } from '../../base/instant.ts'
import type { AllocationState } from '../allocation-state.ts'
import { tryPlaceApart } from '../apart/place-apart.ts'
import type { Part } from '../events.ts'
import type { GangState } from '../gang-state.ts'
import type { PoolState } from '../pool-state.ts'
import { isItsOwn, touches } from './admission.ts'
import { placeBeside } from './place-beside.ts'
import { placeInWindow } from './place-in-window.ts'

/** Where a gang may start at this moment with its accelerators in the pool: in a window of its own, or else beside all others'. */
export function placeAmid(
  state: AllocationState,
  gang: GangState,
  pool: PoolState,
  at: Instant,
): readonly Part[] | undefined {
  if (state.windows.size === 0) return tryPlaceApart(state, gang, pool)
  const inWindow = placeInWindow(state, gang, pool, at)
  if (inWindow) return inWindow
  const parts = tryPlaceApart(state, gang, pool)
  return parts && placeBeside(state, gang, pool, at, parts)
}

/** Whether a gang sits in an open window of its own, where nobody may ask its room back or stop it for others. */
export function isInItsWindow(state: AllocationState, { gang, parts }: GangState): boolean {
  for (const window of state.windows)
    if (window.isOpen && isItsOwn(state, window, gang) && touches(window, parts)) return true
  return false
}
