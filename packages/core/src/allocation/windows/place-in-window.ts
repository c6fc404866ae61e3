import type { Instant } from '../../base/instant.ts'
import type { AllocationState } from '../allocation-state.ts'
import { tryPlaceApart } from '../apart/place-apart.ts'
import type { Part } from '../events.ts'
import { endBy, type GangState } from '../gang-state.ts'
import type { PoolState } from '../pool-state.ts'
import { acceleratorsInAnchor, type Shape } from '../shape.ts'
import { tryPlace } from '../trial.ts'
import { isItsOwn, touches, windowNamedBy } from './admission.ts'
import type { BookedWindow } from './booked-windows.ts'
import { Mask } from './mask.ts'
import { barring } from './place-beside.ts'
import { renumbered, type WindowIndex, windowIndex } from './window-index.ts'

/** A place for a gang on the room of an open window of its own, where its accelerators sit in the pool. */
export function placeInWindow(
  state: AllocationState,
  gang: GangState,
  pool: PoolState,
  at: Instant,
): readonly Part[] | undefined {
  const named = windowNamedBy(state, gang.gang)
  for (const window of named ? [named] : state.windows) {
    if (!window.isOpen || window.poolId !== pool.pool.id || !isItsOwn(state, window, gang.gang)) continue
    const parts = placeOn(state, gang, pool, window)
    const barring = parts ? barringIn(state, gang, at, parts) : []
    const beside = barring.length > 0 ? placeOn(state, gang, pool, window, barring) : parts
    if (beside && barringIn(state, gang, at, beside).length === 0) return beside
  }
  return undefined
}

/** The windows to come on whose room these parts lie, and which the gang would not have left by then. */
function barringIn(
  state: AllocationState,
  gang: GangState,
  at: Instant,
  parts: readonly Part[],
): BookedWindow[] {
  const end = endBy(gang, at, state.speedOf(gang, parts))
  return barring(state, gang, at, end).filter((window) => touches(window, parts))
}

/** Looks as if the pool had no other nodes; what sits in other pools sits beside the other windows. */
function placeOn(
  state: AllocationState,
  gang: GangState,
  pool: PoolState,
  window: BookedWindow,
  barring: readonly BookedWindow[] = [],
): readonly Part[] | undefined {
  const others = [...state.windows].filter(({ poolId }) => poolId !== pool.pool.id)
  const masks = [Mask.over(state, [...others, ...barring])]
  // What a node has beside accelerators, and who sits where, is known of the pool's own nodes alone.
  const needsAll = pool.room !== undefined || gang.gang.spread !== undefined
  if (needsAll) masks.push(Mask.allBut(pool, window.room))
  const parts = needsAll
    ? tryPlaceApart(state, gang, pool)
    : placeOnIndex(gang.shape, pool, state.pools, windowIndex(pool, window))
  for (const mask of masks.reverse()) mask.undo()
  return parts
}

function placeOnIndex(
  shape: Shape,
  pool: PoolState,
  pools: readonly PoolState[],
  { index, nodes }: WindowIndex,
): readonly Part[] | undefined {
  if (index.free < acceleratorsInAnchor(shape, pool.number)) return undefined
  const alone = { ...pool, free: index }
  const parts = tryPlace(
    shape,
    alone,
    pools.map((each) => (each === pool ? alone : each)),
  )
  return parts?.map((part) => (part.poolId === pool.pool.id ? renumbered(part, nodes) : part))
}
