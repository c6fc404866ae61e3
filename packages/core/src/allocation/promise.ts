import { mayBePromised } from './apart/place-apart.ts'
import { couldHold } from './could-hold.ts'
import { isEntitled, type Phase } from './find-place.ts'
import type { GangState } from './gang-state.ts'
import { acceptedPools } from './money/accepted-pools.ts'
import type { PassContext } from './pass-context.ts'
import type { PoolState } from './pool-state.ts'
import { type Openings, openingsFor } from './reservation.ts'
import { openingsBeside } from './windows/opening-beside.ts'

/**
 * Promises a gang that found no room the earliest place in the future, among those pools in which nobody was promised one
 * before; where the policy lets nobody pass, all its pools are blocked instead. Returns whether that changed anything.
 */
export function promise(context: PassContext, gang: GangState, phase: Phase): boolean {
  const { state, policy } = context
  if (gang.kind[phase].promise === state.pass) return false
  const hasChanged = policy.mayPass ? reserve(context, gang, phase) : block(context, gang, phase)
  if (hasChanged) state.unpromised = unpromisedOf(state.pools)
  else gang.kind[phase].promise = state.pass
  return hasChanged
}

function reserve(context: PassContext, gang: GangState, phase: Phase): boolean {
  let best: { anchor: PoolState; openings: Openings } | undefined
  for (const anchor of anchorsFor(context, gang, phase)) {
    const openings = anchor.reservation ? undefined : openingsIn(context, gang, anchor)
    if (!openings || (best && openings.start >= best.openings.start)) continue
    if (mayPromise(context, gang, openings, phase)) best = { anchor, openings }
  }
  if (!best) return false
  const { anchor, openings } = best
  for (const [pool, opening] of openings.byPool)
    pool.reservation = {
      gangId: gang.gang.id,
      anchor,
      opening: { ...opening },
      isForOwner: phase === 'own',
    }
  return true
}

function openingsIn({ state }: PassContext, gang: GangState, anchor: PoolState): Openings | undefined {
  return state.windows.size > 0
    ? openingsBeside(state, gang, anchor)
    : openingsFor(gang.shape, anchor, state.pools)
}

/** Nobody else was promised a place in these pools, and what an owner is promised there is its own in all of them. */
function mayPromise(
  { state }: PassContext,
  { gang }: GangState,
  { byPool, parts }: Openings,
  phase: Phase,
): boolean {
  for (const pool of byPool.keys()) if (pool.reservation) return false
  return phase === 'borrow' || !parts || state.accounts.borrowingOf(gang.tenant, parts).borrowed === 0
}

function block(context: PassContext, gang: GangState, phase: Phase): boolean {
  const { pools } = context.state
  let hasChanged = false
  for (const anchor of anchorsFor(context, gang, phase)) {
    const apart = gang.shape.pools.filter((numbers) => !numbers.includes(anchor.number)).flat()
    for (const pool of [anchor, ...apart.map((number) => pools[number] as PoolState)]) {
      if (!pool.blocked) hasChanged = true
      pool.blocked = true
    }
  }
  return hasChanged
}

function unpromisedOf(pools: readonly PoolState[]): number {
  let count = 0
  for (const pool of pools) if (isUnpromised(pool)) count += 1
  return count
}

function isUnpromised({ blocked, reservation }: PoolState): boolean {
  return !blocked && !reservation
}

/** The pools that could hold the gang, and that it may use in this phase. */
function anchorsFor({ state, at }: PassContext, gang: GangState, phase: Phase): readonly PoolState[] {
  const anchors: PoolState[] = []
  for (const number of acceptedPools(state, gang, at)) {
    const pool = state.pools[number] as PoolState
    if (!isUnpromised(pool) && gang.shape.roles.length === 1) continue
    const isOpen = isEntitled(state, gang, pool, phase) && mayBePromised(state, gang, pool)
    if (isOpen && couldHold(gang.shape, pool, state.pools)) anchors.push(pool)
  }
  return anchors
}
