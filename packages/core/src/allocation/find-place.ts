import type { AllocationState } from './allocation-state.ts'
import type { Part } from './events.ts'
import { endBy, type GangState } from './gang-state.ts'
import { heldIn } from './opening.ts'
import type { PassContext } from './pass-context.ts'
import type { PoolState } from './pool-state.ts'
import { acceleratorsInAnchor, speedOn, staysTogether } from './shape.ts'
import { tryPlace } from './trial.ts'

/** Whether a pass places gangs on their tenants' own, or on what others leave idle. */
export type Phase = 'own' | 'borrow'

/** Where a gang may start now, and what of it is borrowed. */
export interface Place {
  readonly parts: readonly Part[]
  readonly borrowed: number
}

/**
 * `noRoom`: for any gang of the shape. `notEntitled`: not in this phase, or not at all, for any gang of the kind.
 * `notAllowed`: there may be room, but it is promised to others.
 */
export type NoPlace = 'noRoom' | 'notEntitled' | 'notAllowed'

/** Looks for a place in one pool. Changes nothing. */
export function findPlace(
  context: PassContext,
  gang: GangState,
  number: number,
  phase: Phase,
): Place | NoPlace {
  const { state } = context
  const pool = state.pools[number] as PoolState
  const { shape } = gang
  const inAnchor = acceleratorsInAnchor(shape, number)
  if (!isEntitled(state, gang, pool, phase)) return 'notEntitled'
  if (pool.free.free < inAnchor) return 'noRoom'
  if (pool.blocked) return 'notAllowed'
  if (shape.roles.length === 1 && !maySingleRolePass(context, gang, pool)) return 'notAllowed'
  const parts = tryPlace(shape, pool, state.pools)
  if (!parts) return 'noRoom'
  if (shape.roles.length > 1 && !mayRolesPass(context, gang, parts)) return 'notAllowed'
  const { borrowed, isAllowed } = state.accounts.borrowingOf(gang.gang.tenant, parts)
  if (!isAllowed || (phase === 'own' && borrowed > 0)) return 'notEntitled'
  return { parts, borrowed }
}

/** By what would sit in the anchor; where roles sit elsewhere too, the whole is looked at once a place is found. */
export function isEntitled(
  { accounts }: AllocationState,
  { gang, shape }: GangState,
  { pool, number }: PoolState,
  phase: Phase,
): boolean {
  if (!accounts.hasQuotas) return true
  const accelerators = acceleratorsInAnchor(shape, number)
  const borrowed = accounts.borrowedAfter(gang.tenant, pool.id, accelerators)
  if (phase === 'own') return borrowed === 0
  if (borrowed === 0) return !staysTogether(shape, number)
  return accounts.mayBorrow(gang.tenant, pool.id, accelerators)
}

function maySingleRolePass({ policy, at }: PassContext, gang: GangState, pool: PoolState): boolean {
  if (!pool.reservation) return true
  const { roles, accelerators, cpuCores } = gang.shape
  const end = endBy(gang, at, roles[0] ? speedOn(roles[0], pool.pool) : 1)
  return policy.mayPass?.(pool.reservation.opening, { end, accelerators, cpuCores }) ?? false
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
