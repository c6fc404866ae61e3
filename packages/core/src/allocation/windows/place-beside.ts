import type { Instant } from '../../base/instant.ts'
import type { AllocationState } from '../allocation-state.ts'
import { tryPlaceApart } from '../apart/place-apart.ts'
import type { Part } from '../events.ts'
import { endBy, type GangState } from '../gang-state.ts'
import type { PoolState } from '../pool-state.ts'
import { admits, touches, windowNamedBy } from './admission.ts'
import type { BookedWindow } from './booked-windows.ts'
import { Mask } from './mask.ts'

/**
 * The parts that were found for a gang which would start at `at`, or others beside the windows that do not admit it; nothing
 * where only their room is left, or where it waits for a window that it named.
 */
export function placeBeside(
  state: AllocationState,
  gang: GangState,
  pool: PoolState,
  at: Instant,
  parts: readonly Part[],
): readonly Part[] | undefined {
  if (windowNamedBy(state, gang.gang)) return undefined
  if (isAdmitted(state, gang, at, parts)) return parts
  const end = endBy(gang, at, state.speedOf(gang, parts))
  const mask = Mask.over(state, barring(state, gang, at, end))
  const found = tryPlaceApart(state, gang, pool)
  mask.undo()
  // On slower nodes it may end too late for another window.
  return found && isAdmitted(state, gang, at, found) ? found : undefined
}

/** The first window of others that alone keeps a gang from room which is there. */
export function windowBetween(
  state: AllocationState,
  gang: GangState,
  pool: PoolState,
  at: Instant,
): BookedWindow | undefined {
  const parts = tryPlaceApart(state, gang, pool)
  if (!parts || placeBeside(state, gang, pool, at, parts)) return undefined
  const end = endBy(gang, at, state.speedOf(gang, parts))
  return barring(state, gang, at, end).find((window) => touches(window, parts))
}

/** Whether no window keeps the gang from these places. */
export function isAdmitted(
  state: AllocationState,
  gang: GangState,
  at: Instant,
  parts: readonly Part[],
): boolean {
  const end = endBy(gang, at, state.speedOf(gang, parts))
  return !barring(state, gang, at, end).some((window) => touches(window, parts))
}

/** The windows whose room the gang may not start on. */
export function barring(
  state: AllocationState,
  { gang }: GangState,
  at: Instant,
  end: number,
): BookedWindow[] {
  return [...state.windows].filter((window) => !admits(state, window, { gang, at, end }))
}
