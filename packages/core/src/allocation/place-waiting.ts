import type { Instant } from '../base/instant.ts'
import { type AllocationState, acceleratorsIn } from './allocation-state.ts'
import type { AllocationEvent, Part } from './events.ts'
import { endBy, type GangState } from './gang-state.ts'
import type { QueuePolicy } from './policies/queue-policy.ts'
import type { PoolState, Reservation } from './pool-state.ts'
import { askBack } from './reclaim.ts'
import { reserve } from './reservation.ts'
import { speedOn } from './shape.ts'
import { tryPlace } from './trial.ts'

/** What a pass over the queue works with. */
export interface PassContext {
  readonly state: AllocationState
  readonly policy: QueuePolicy
  readonly at: Instant
  /** The pass's number; shapes remember by it that they failed. */
  readonly pass: number
  readonly emit: (event: AllocationEvent) => void
}

/** Whether a pass places gangs on their tenants' own, or on what others leave idle. */
type Phase = 'own' | 'borrow'

type Answer = 'started' | 'noRoom' | 'notAllowed' | 'notEntitled'

/**
 * Starts every waiting gang that may start now, in the order of the queue: first those that run on their tenants' own,
 * then those that must borrow. The first gang that finds no room in a pool is promised a place in its future, and none
 * that follows may start there so that the promise breaks. Owners who find no room ask back what others borrowed.
 */
export function placeWaiting(context: PassContext): void {
  const { state } = context
  const promised = state.pools.map((pool) => (pool.disturbed ? undefined : pool.reservation))
  for (const pool of state.pools) {
    pool.reservation = undefined
    pool.blocked = false
    pool.disturbed = false
  }
  if (!state.accounts.hasQuotas) {
    for (const gang of state.queue) {
      placeOrPromise(context, gang, 'own', promised)
      if (isFull(state)) return
    }
    return
  }
  const left = [...state.queue].filter((gang) => !placeOrPromise(context, gang, 'own', promised))
  for (const gang of left) if (!placeOrPromise(context, gang, 'borrow', promised)) askBack(context, gang)
}

/** Tries one gang that comes behind all others, which were tried before and still cannot start. */
export function placeLast(context: PassContext, gang: GangState): void {
  placeOrPromise(context, gang, 'own', [])
}

/** Starts the gang if it fits where it may run; for whom room was made just now. */
export function placeAtOnce(context: PassContext, gang: GangState): boolean {
  for (const number of anchorsOf(gang)) {
    const parts = tryPlace(gang, context.state.pools[number] as PoolState, context.state.pools)
    if (parts) return start(context, gang, parts)
  }
  return false
}

function placeOrPromise(
  context: PassContext,
  gang: GangState,
  phase: Phase,
  promised: readonly (Reservation | undefined)[],
): boolean {
  if (gang.shape.failedInPass === context.pass) return false
  let onlyRoomLacks = true
  let isEntitled = false
  for (const number of anchorsOf(gang)) {
    const answer = tryPool(context, gang, context.state.pools[number] as PoolState, phase)
    if (answer === 'started') return true
    if (answer !== 'noRoom') onlyRoomLacks = false
    if (answer !== 'notEntitled') isEntitled = true
  }
  if (onlyRoomLacks) gang.shape.failedInPass = context.pass
  if (isEntitled) promise(context, gang, promised)
  return false
}

/** `notAllowed`: there may be room, but others have the better right to it. `notEntitled`: not in this phase, or not at all. */
function tryPool(context: PassContext, gang: GangState, pool: PoolState, phase: Phase): Answer {
  const { state, policy, at } = context
  const { accelerators, roles } = gang.shape
  if (!isEntitled(state, gang, pool, phase)) return 'notEntitled'
  if (pool.free.free === 0 && accelerators > 0) return 'noRoom'
  if (pool.blocked) return 'notAllowed'
  const { reservation } = pool
  if (reservation) {
    const end = endBy(gang, at, roles[0] ? speedOn(roles[0], pool.pool) : 1)
    if (!policy.mayPass?.(reservation, end, accelerators, at)) return 'notAllowed'
  }
  if (pool.kept > 0 && pool.free.free - keptForOthers(state, gang, pool) < accelerators) return 'notAllowed'
  const parts = tryPlace(gang, pool, state.pools)
  if (!parts) return 'noRoom'
  start(context, gang, parts)
  if (reservation && gang.expectedEnd > reservation.start) reservation.spare -= accelerators
  return 'started'
}

/** What owners wait for here; what is freed in the meantime is not given away. */
function keptForOthers(state: AllocationState, gang: GangState, pool: PoolState): number {
  const own = state.awaiting.get(gang.gang.id)
  return own?.pool === pool ? pool.kept - own.accelerators : pool.kept
}

function isEntitled(state: AllocationState, gang: GangState, pool: PoolState, phase: Phase): boolean {
  if (!state.accounts.hasQuotas) return true
  const borrowed = state.accounts.borrowedAfter(gang.gang.tenant, pool.pool.id, gang.shape.accelerators)
  return phase === 'own'
    ? borrowed === 0
    : borrowed > 0 && state.accounts.mayBorrow(gang.gang.tenant, borrowed)
}

/** Gives the gang a place in the future of the first pool that could ever hold it and has promised none yet. */
function promise(
  context: PassContext,
  gang: GangState,
  promised: readonly (Reservation | undefined)[],
): void {
  const { state, policy } = context
  for (const number of anchorsOf(gang)) {
    const pool = state.pools[number] as PoolState
    if (!policy.mayPass) {
      if (pool.free.capacity >= gang.shape.accelerators) pool.blocked = true
      continue
    }
    if (pool.reservation) continue
    const before = promised[number]
    pool.reservation = before?.gangId === gang.gang.id ? before : reserve(pool, gang, state.pools)
    if (pool.reservation) return
  }
}

function start(context: PassContext, gang: GangState, parts: readonly Part[]): true {
  const { state, at, emit } = context
  let borrowed = 0
  if (state.accounts.hasQuotas) {
    for (const part of parts) {
      const accelerators = acceleratorsIn(part)
      borrowed += Math.min(
        accelerators,
        state.accounts.borrowedAfter(gang.gang.tenant, part.poolId, accelerators),
      )
    }
  }
  emit({ kind: 'placed', at, gangId: gang.gang.id, parts, borrowed })
  return true
}

/** The pools in which the gang's accelerators, or failing those its first role, may sit. */
function anchorsOf(gang: GangState): readonly number[] {
  const { roles, pools } = gang.shape
  const withAccelerators = roles.findIndex((role) => role.acceleratorsPerMember > 0)
  return pools[Math.max(0, withAccelerators)] ?? []
}

function isFull(state: AllocationState): boolean {
  return state.pools.every((pool) => pool.blocked || (pool.free.free === 0 && pool.cpuFree === 0))
}
