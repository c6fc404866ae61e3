import type { AllocationState } from './allocation-state.ts'
import { tryPlaceApart } from './apart/place-apart.ts'
import type { Part } from './events.ts'
import { lookBeforeDrain } from './failures/before-drain.ts'
import { reaches } from './failures/range-in.ts'
import { areSlow } from './failures/slow-nodes.ts'
import { endBy, type GangState } from './gang-state.ts'
import { heldIn } from './opening.ts'
import type { PassContext } from './pass-context.ts'
import type { PoolState } from './pool-state.ts'
import {
  acceleratorsInAnchor,
  chargedInAnchor,
  type Kind,
  type Shape,
  speedOn,
  staysTogether,
} from './shape.ts'
import { placeBeside } from './windows/place-beside.ts'
import { placeInWindow } from './windows/place-in-window.ts'

/** Whether a pass places gangs on their tenants' own, or on what others leave idle. */
export type Phase = 'own' | 'borrow'

/** Where a gang may start now, and what of it is borrowed. */
export interface Place {
  readonly parts: readonly Part[]
  readonly borrowed: number
}

/**
 * `noRoom`: for any gang of the shape. `notEntitled`: not in this phase, or not at all, for any gang of the kind.
 * `notAllowed`: there may be room, but it is promised to others, or too near to others of its group.
 */
export type NoPlace = 'noRoom' | 'notEntitled' | 'notAllowed'

/** Looks for a place in one pool, at last on nodes that drain. Changes nothing. */
export function findPlace(
  context: PassContext,
  gang: GangState,
  number: number,
  phase: Phase,
): Place | NoPlace {
  const pool = context.state.pools[number] as PoolState
  const found = findNow(context, gang, pool, phase)
  if (pool.drains.length === 0 || typeof found === 'object') return found
  const early = lookBeforeDrain(context, gang, pool, () => findNow(context, gang, pool, phase)) ?? found
  // Another of its kind may end in time.
  return early === 'noRoom' ? 'notAllowed' : early
}

function findNow(context: PassContext, gang: GangState, pool: PoolState, phase: Phase): Place | NoPlace {
  const { state } = context
  const { shape } = gang
  const inAnchor = acceleratorsInAnchor(shape, pool.number)
  if (!isEntitled(state, gang, pool, phase)) return 'notEntitled'
  if (pool.free.free < inAnchor) return 'noRoom'
  const hasWindows = state.windows.size > 0
  const inWindow = hasWindows ? placeInWindow(state, gang, pool, context.at) : undefined
  if (inWindow) return asPlace(state, gang, inWindow, phase)
  if (pool.blocked) return 'notAllowed'
  if (shape.roles.length === 1 && !maySingleRolePass(context, gang, pool)) return 'notAllowed'
  const found = tryPlaceApart(state, gang, pool)
  if (!found) return gang.gang.spread ? 'notAllowed' : 'noRoom'
  const parts = hasWindows ? placeBeside(state, gang, pool, context.at, found) : found
  if (!parts) return 'notAllowed'
  if (shape.roles.length > 1 && !mayRolesPass(context, gang, parts)) return 'notAllowed'
  if (state.slowNodes > 0 && !isInTimeThere(context, gang, parts)) return 'notAllowed'
  return asPlace(state, gang, parts, phase)
}

function asPlace(
  { accounts }: AllocationState,
  { gang }: GangState,
  parts: readonly Part[],
  phase: Phase,
): Place | NoPlace {
  const { borrowed, isAllowed } = accounts.borrowingOf(gang.tenant, parts)
  if (!isAllowed || (phase === 'own' && borrowed > 0)) return 'notEntitled'
  return { parts, borrowed }
}

/** Where nodes are slow, a gang that starts there ends later than one would think by the hardware. */
function isInTimeThere(context: PassContext, gang: GangState, parts: readonly Part[]): boolean {
  const { state, at } = context
  if (!areSlow(parts, (id) => state.pool(id))) return true
  const end = endBy(gang, at, state.speedOf(gang, parts))
  const isBeforeDrains = parts.every(({ poolId, runs }) => {
    const pool = state.pool(poolId)
    return pool.drains.every(({ of, by = at }) => end <= by || !reaches(of, pool, runs))
  })
  return isBeforeDrains && mayRolesPass(context, gang, parts)
}

/** By what would sit in the anchor; where roles sit elsewhere too, the whole is looked at once a place is found. */
export function isEntitled(
  { accounts }: AllocationState,
  { gang, shape }: GangState,
  { pool, number }: PoolState,
  phase: Phase,
): boolean {
  if (!accounts.hasQuotas) return true
  const accelerators = chargedInAnchor(shape, number)
  const borrowed = accounts.borrowedAfter(gang.tenant, pool.id, accelerators)
  if (phase === 'own') return borrowed === 0
  if (borrowed === 0) return !staysTogether(shape, number)
  return accounts.mayBorrow(gang.tenant, pool.id, accelerators)
}

function maySingleRolePass(context: PassContext, gang: GangState, pool: PoolState): boolean {
  if (!pool.reservation) return true
  const [role] = gang.shape.roles
  return mayPass(context, gang.shape, pool, endBy(gang, context.at, role ? speedOn(role, pool.pool) : 1))
}

function mayPass({ policy }: PassContext, shape: Shape, pool: PoolState, end: number): boolean {
  const { reservation } = pool
  const { cpuCores } = shape
  const accelerators = pool.room ? shape.claims : shape.accelerators
  return (reservation && policy.mayPass?.(reservation.opening, { end, accelerators, cpuCores })) ?? false
}

/**
 * Whether any waiting gang of the kind, of which one was found to end too late, might end in time: the shortest would.
 * Whatever else kept that one from its pools keeps all of them.
 */
export function mightPass(context: PassContext, kind: Kind): boolean {
  const { shape, evicted, limits } = kind
  const role = shape.roles[0]
  if (evicted > 0 || shape.roles.length > 1 || !role) return true
  const shortest = limits.length > 0 ? (limits[0] as number) : Number.POSITIVE_INFINITY
  for (const number of shape.anchors) {
    const pool = context.state.pools[number] as PoolState
    if (pool.drains.length > 0) return true
    if (pool.blocked) continue
    if (mayPass(context, shape, pool, context.at + Math.ceil(shortest / speedOn(role, pool.pool))))
      return true
  }
  return false
}

function mayRolesPass({ state, policy, at }: PassContext, gang: GangState, parts: readonly Part[]): boolean {
  const end = endBy(gang, at, state.speedOf(gang, parts))
  return state
    .poolsOf(parts)
    .every(
      (pool) =>
        !pool.blocked &&
        (!pool.reservation ||
          (policy.mayPass?.(pool.reservation.opening, { end, ...heldIn(pool, { parts }) }) ?? false)),
    )
}
