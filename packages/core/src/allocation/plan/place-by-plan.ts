import type { AllocationState } from '../allocation-state.ts'
import { tryPlaceApart } from '../apart/place-apart.ts'
import { couldHold } from '../could-hold.ts'
import { endBy, type GangState } from '../gang-state.ts'
import type { PassContext } from '../pass-context.ts'
import type { PoolState } from '../pool-state.ts'
import { speedOn } from '../shape.ts'
import { start } from '../start.ts'
import { PoolPlan } from './pool-plan.ts'

/**
 * Whether the future of the pools is told by limits alone: nothing is asked back, booked, shared or announced, nobody
 * waits for a price, and the queue is the order. Where it is not, only the first of each pool is promised a place.
 */
export function mayPlan({ policy, state }: PassContext): boolean {
  if (policy.promisesAll !== true) return false
  const { accounts, handOvers, windows, outages, sharesOut, turns, money } = state
  if (accounts.hasQuotas || sharesOut || turns || money) return false
  return handOvers.size + windows.size + outages.size === 0
}

/**
 * One pass in which every waiting gang is given a place in the future, in the order of the queue, such that none before it is
 * delayed; those whose place is free now start. Gangs of several roles, and those kept apart from others, whose places hang
 * together, are given one as long as they can start now; they, and those whose start cannot be told, keep all behind them
 * from their pools.
 */
export function placeByPlan(context: PassContext): void {
  const { state, at } = context
  state.pass += 1
  state.isPassDue = false
  for (const pool of state.pools) {
    pool.reservation = undefined
    pool.blocked = false
  }
  const plans = new Map<PoolState, PoolPlan>()
  const planOf = (pool: PoolState): PoolPlan => {
    const plan = plans.get(pool) ?? new PoolPlan(pool, at)
    plans.set(pool, plan)
    return plan
  }
  for (const gang of [...state.queue]) {
    if (gang.shape.roles.length > 1 || gang.gang.spread || needsMoreThanAccelerators(state, gang))
      placeNow(context, gang, planOf)
    else placeSingle(context, gang, planOf)
  }
}

/** What nodes state of cores and memory is looked at only now, and not ahead. */
function needsMoreThanAccelerators({ pools }: AllocationState, { shape }: GangState): boolean {
  return shape.anchors.some((number) => {
    const room = pools[number]?.room
    return room && shape.roles.some((role) => room.concerns(role))
  })
}

type PlanOf = (pool: PoolState) => PoolPlan

function placeSingle(context: PassContext, gang: GangState, planOf: PlanOf): void {
  const { state, at } = context
  const [role] = gang.shape.roles
  if (!role) return
  let best: { pool: PoolState; start: number; lastsMs: number } | undefined
  for (const number of gang.shape.anchors) {
    const pool = state.pools[number] as PoolState
    if (pool.blocked || !couldHold(gang.shape, pool, state.pools)) continue
    const lastsMs = endBy(gang, at, speedOn(role, pool.pool)) - at
    const found = planOf(pool).firstStart(role, lastsMs, best?.start)
    if (found !== undefined && (!best || found < best.start)) best = { pool, start: found, lastsMs }
  }
  if (!best) return block(context, gang)
  const { pool, lastsMs } = best
  const plan = planOf(pool)
  if (best.start > at) return void plan.promise(role, best.start, lastsMs)
  const parts = tryPlaceApart(state, gang, pool)
  const isFree = parts && plan.isFreeUntil(parts, at + lastsMs)
  if (isFree) plan.hold(parts, at, at + lastsMs)
  start(context, gang, { parts: isFree ? parts : [plan.promise(role, at, lastsMs)], borrowed: 0 })
}

/** Where nobody was promised anything yet that it could delay. */
function placeNow(context: PassContext, gang: GangState, planOf: PlanOf): void {
  const { state, at } = context
  for (const number of gang.shape.anchors) {
    const pool = state.pools[number] as PoolState
    const parts = pool.blocked ? undefined : tryPlaceApart(state, gang, pool)
    if (!parts) continue
    const pools = state.poolsOf(parts)
    const end = endBy(gang, at, state.speedOf(gang, parts))
    if (pools.some((each) => each.blocked || !planOf(each).isFreeUntil(parts, end))) continue
    for (const each of pools) planOf(each).hold(parts, at, end)
    start(context, gang, { parts, borrowed: 0 })
    return
  }
  // What keeps one apart from others may never end, so nobody waits behind it.
  if (!gang.gang.spread) block(context, gang)
}

/** Nobody passes one whose start cannot be told. */
function block({ state }: PassContext, { shape }: GangState): void {
  for (const anchor of shape.anchors) {
    if (!couldHold(shape, state.pools[anchor] as PoolState, state.pools)) continue
    for (const number of [anchor, ...shape.pools.flat()]) (state.pools[number] as PoolState).blocked = true
  }
}
