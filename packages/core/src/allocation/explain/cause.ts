import type { Instant } from '../../base/instant.ts'
import { ANYWHERE, type TopologyNeed } from '../../demand/gang.ts'
import type { SpreadRule } from '../../demand/spread-rule.ts'
import type { Allocator } from '../allocator.ts'
import { tryPlaceApart } from '../apart/place-apart.ts'
import { couldHold } from '../could-hold.ts'
import { lookAsIfNotDraining } from '../failures/before-drain.ts'
import { findPlace, isEntitled } from '../find-place.ts'
import type { GangState } from '../gang-state.ts'
import type { PassContext } from '../pass-context.ts'
import type { PoolState } from '../pool-state.ts'
import { acceleratorsInAnchor, chargedInAnchor } from '../shape.ts'
import { tryPlace } from '../trial.ts'
import { windowNamedBy } from '../windows/admission.ts'
import { timeOf } from '../windows/booked-windows.ts'
import { windowBetween } from '../windows/place-beside.ts'
import { type MoneyCause, moneyCause } from './money-cause.ts'
import { aheadOf } from './rank-ahead.ts'

/** Why a gang does not start in one pool. */
export type WaitCause =
  /** It would find no room there even if nothing ran. */
  | { readonly kind: 'neverFits' }
  /** There is room, but its provider, region, pool or domains hold as much of its group as they may. */
  | { readonly kind: 'spread'; readonly over: SpreadRule['over'] }
  | { readonly kind: 'noRoom'; readonly free: number; readonly needed: number }
  /** So much is free, but too little of it on any one node. */
  | { readonly kind: 'roomInPieces'; readonly free: number; readonly needed: number }
  /** There is room, but not so close together. */
  | { readonly kind: 'topology'; readonly level: TopologyNeed['level'] }
  /** So many accelerators are its tenants' own and free; it may borrow no more. */
  | { readonly kind: 'quota'; readonly tenant: string; readonly ownRoom: number; readonly needed: number }
  /** The room is promised to one of at least this priority that came before. */
  | { readonly kind: 'promised'; readonly toGangId: string; readonly start: number }
  /** The first that waits there may not be passed. */
  | { readonly kind: 'blocked'; readonly byGangId: string | undefined }
  /** One of a higher priority goes first. */
  | { readonly kind: 'priority'; readonly ofGangId: string }
  /** Those that go before it by the policy's ranks hold so much there; the last of them is named. */
  | { readonly kind: 'rank'; readonly ofGangId: string; readonly accelerators: number }
  /** Room is booked by others for then, and the gang would not have left it. */
  | {
      readonly kind: 'window'
      readonly windowId: string
      readonly tenant: string
      readonly start: number
      readonly until: number
    }
  /** There would be room, but on nodes that drain: it would not have ended when the first of them goes. */
  | { readonly kind: 'draining'; readonly by: number }
  /** It names a window that is not open yet. */
  | { readonly kind: 'ownWindow'; readonly windowId: string; readonly start: number }
  /** The window that it names is open, and has no room for it. */
  | { readonly kind: 'ownWindowFull'; readonly windowId: string; readonly until: number }
  /** Room is kept for it until others have handed over the rest. */
  | { readonly kind: 'handOver'; readonly by: number }
  | MoneyCause

/** The causes in each pool that the gang accepts, in the order of its liking. `copy` has just passed over its queue. */
export function causesIn(
  copy: Allocator,
  gang: GangState,
  at: Instant,
): { readonly poolId: string; readonly cause: WaitCause }[] {
  return gang.shape.anchors.map((number) => {
    const pool = copy.state.pools[number] as PoolState
    return { poolId: pool.pool.id, cause: causeIn(copy, gang, pool, at) }
  })
}

function causeIn(copy: Allocator, gang: GangState, pool: PoolState, at: Instant): WaitCause {
  const { state } = copy
  const handOver = state.handOvers.get(gang.gang.id)
  if (handOver) return { kind: 'handOver', by: handOver.by }
  if (!couldHold(gang.shape, pool, state.pools)) return { kind: 'neverFits' }
  const money = moneyCause(state, gang, pool, at)
  if (money) return money
  const needed = chargedInAnchor(gang.shape, pool.number)
  const isTooFull = pool.free.free < acceleratorsInAnchor(gang.shape, pool.number)
  if (!isEntitled(state, gang, pool, 'own') && !isEntitled(state, gang, pool, 'borrow'))
    return {
      kind: 'quota',
      tenant: gang.gang.tenant,
      ownRoom: state.accounts.ownRoom(gang.gang.tenant, pool.pool.id),
      needed,
    }
  const ofWindow = windowCause(copy, gang, pool)
  if (ofWindow) return ofWindow
  const { preempts } = copy.policy
  const ahead = preempts && !state.accounts.hasQuotas && aheadOf(preempts, gang, pool, state)
  if (ahead) return { kind: 'rank', ofGangId: ahead.gangId, accelerators: ahead.accelerators }
  const drains = drainingCause(copy, gang, pool)
  if (drains) return drains
  if (isTooFull) return { kind: 'noRoom', free: pool.free.free, needed }
  if (!fits(copy, gang, pool)) return lackOf(copy, gang, pool, needed)
  const { spread } = gang.gang
  if (spread && !tryPlaceApart(state, gang, pool)) return { kind: 'spread', over: spread.over }
  if (pool.blocked) return { kind: 'blocked', byGangId: firstOther(copy, gang, pool) }
  const { reservation } = pool
  if (!reservation || reservation.gangId === gang.gang.id) return quotaOfWhole(copy, gang, pool, needed)
  const other = state.gangs.get(reservation.gangId)
  if (other && other.gang.priority > gang.gang.priority)
    return { kind: 'priority', ofGangId: reservation.gangId }
  return { kind: 'promised', toGangId: reservation.gangId, start: reservation.opening.start }
}

/** Where nothing but an announced outage is in its way. */
function drainingCause(copy: Allocator, gang: GangState, pool: PoolState): WaitCause | undefined {
  const [first, ...others] = pool.drains.flatMap(({ by }) => by ?? [])
  if (first === undefined || fits(copy, gang, pool)) return undefined
  const wouldFit = lookAsIfNotDraining(pool, () => fits(copy, gang, pool))
  return wouldFit ? { kind: 'draining', by: Math.min(first, ...others) } : undefined
}

/** Where it waits for its own window, or only the windows of others are in its way. */
function windowCause({ state }: Allocator, gang: GangState, pool: PoolState): WaitCause | undefined {
  const named = windowNamedBy(state, gang.gang)
  if (named) {
    const { start, until } = timeOf(named)
    const windowId = named.booking.id
    return named.isOpen ? { kind: 'ownWindowFull', windowId, until } : { kind: 'ownWindow', windowId, start }
  }
  const window = state.windows.size > 0 ? windowBetween(state, gang, pool, state.now) : undefined
  if (!window) return undefined
  const { id: windowId, tenant } = window.booking
  return { kind: 'window', windowId, tenant, ...timeOf(window) }
}

/** What the policy or others' promises would refuse is left aside. */
function fits({ state }: Allocator, gang: GangState, pool: PoolState): boolean {
  return (
    tryPlace(
      gang.shape,
      pool,
      state.pools.map((each) => ({ ...each, blocked: false })),
    ) !== undefined
  )
}

/** Tries with no need of the topology whether it is that, or the sizes of the pieces. */
function lackOf({ state }: Allocator, { shape }: GangState, pool: PoolState, needed: number): WaitCause {
  const free = pool.free.free
  const bound = shape.roles.find(({ within }) => within.required && within.level !== 'pool')
  if (!bound) return { kind: 'roomInPieces', free, needed }
  const anywhere = shape.roles.map((role) => ({ ...role, within: ANYWHERE }))
  const isRoom = tryPlace({ ...shape, roles: anywhere }, pool, state.pools) !== undefined
  return isRoom ? { kind: 'topology', level: bound.within.level } : { kind: 'roomInPieces', free, needed }
}

function quotaOfWhole(copy: Allocator, gang: GangState, pool: PoolState, needed: number): WaitCause {
  const { state, policy } = copy
  const context: PassContext = {
    state,
    policy,
    at: state.now,
    emit: () => {},
    started: [],
    asked: new Set(),
    mayTryAgain: false,
    hasDroppedReclaims: false,
  }
  const found = findPlace(context, gang, pool.number, 'borrow')
  if (found === 'noRoom') return { kind: 'noRoom', free: pool.free.free, needed }
  const { tenant } = gang.gang
  return { kind: 'quota', tenant, ownRoom: state.accounts.ownRoom(tenant, pool.pool.id), needed }
}

/** The first in the queue, before this one, that may sit in the pool. */
function firstOther({ state }: Allocator, gang: GangState, pool: PoolState): string | undefined {
  for (const other of state.queue) {
    if (other === gang) return undefined
    if (other.shape.anchors.includes(pool.number)) return other.gang.id
  }
  return undefined
}
