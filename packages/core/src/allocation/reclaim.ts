import { later } from '../base/instant.ts'
import { acceleratorsIn } from './allocation-state.ts'
import { type GangState, worthOfStopping } from './gang-state.ts'
import type { PassContext } from './place-waiting.ts'
import type { PoolState } from './pool-state.ts'
import { tryPlace } from './trial.ts'

/**
 * Asks borrowers to hand over what a waiting owner's gang needs, within the notice that they were promised. Those go that
 * rank lowest and lose the least work, as few as make room, and none whose tenant holds no more than its own.
 */
export function askBack(context: PassContext, owner: GangState): void {
  const { state, at, emit } = context
  if (isAwaited(context, owner)) return
  for (const pool of poolsOwnedFor(context, owner)) {
    const victims = chooseVictims(context, owner, pool)
    if (victims.length === 0) continue
    const by = later(at, state.noticeMs)
    for (const victim of victims) {
      emit({ kind: 'reclaimAsked', at, gangId: victim.gang.id, forGangId: owner.gang.id, by })
    }
    return
  }
}

function isAwaited({ state }: PassContext, owner: GangState): boolean {
  for (const gang of state.reclaimed) if (gang.reclaim?.forGangId === owner.gang.id) return true
  return false
}

function poolsOwnedFor({ state }: PassContext, owner: GangState): PoolState[] {
  const { accelerators, pools } = owner.shape
  if (accelerators === 0) return []
  const anchor = pools[owner.shape.roles.findIndex((role) => role.acceleratorsPerMember > 0)] ?? []
  return anchor
    .map((number) => state.pools[number] as PoolState)
    .filter(({ pool }) => state.accounts.ownRoom(owner.gang.tenant, pool.id) >= accelerators)
}

/** Lets candidates go one after the other, on trial, until the owner fits; then keeps those that turn out not to be needed. */
function chooseVictims(context: PassContext, owner: GangState, pool: PoolState): GangState[] {
  const gone: GangState[] = []
  const candidates = candidatesIn(context, owner, pool)
  let fits = false
  for (const candidate of candidates) {
    if (!stillBorrows(context, pool, candidate, gone)) continue
    release(context, candidate)
    gone.push(candidate)
    fits = tryPlace(owner, pool, context.state.pools) !== undefined
    if (fits) break
  }
  const needed = fits ? dropNeedless(context, owner, pool, gone) : []
  for (const gang of fits ? needed : gone) hold(context, gang)
  return needed
}

function dropNeedless(
  context: PassContext,
  owner: GangState,
  pool: PoolState,
  gone: readonly GangState[],
): GangState[] {
  const needed: GangState[] = []
  for (const gang of gone) {
    hold(context, gang)
    if (tryPlace(owner, pool, context.state.pools)) continue
    release(context, gang)
    needed.push(gang)
  }
  return needed
}

/** Borrowers' gangs that may be stopped, the cheapest to stop first. */
function candidatesIn({ state, at }: PassContext, owner: GangState, pool: PoolState): GangState[] {
  return pool.running
    .filter(({ gang, reclaim }) => gang.reclaimable && !reclaim && gang.tenant !== owner.gang.tenant)
    .filter(({ gang }) => state.accounts.ownRoom(gang.tenant, pool.pool.id) < 0)
    .map((gang) => ({
      gang,
      lost: (worthOfStopping(gang, at).lostMs + gang.gang.restartMs) * gang.shape.accelerators,
    }))
    .sort((a, b) => a.gang.gang.priority - b.gang.gang.priority || a.lost - b.lost || b.gang.seq - a.gang.seq)
    .map(({ gang }) => gang)
}

/** Whether the candidate's tenant would still hold more than its own without the gangs that go anyway. */
function stillBorrows(
  { state }: PassContext,
  pool: PoolState,
  candidate: GangState,
  gone: readonly GangState[],
): boolean {
  const { tenant } = candidate.gang
  const leaving = [...gone, ...state.reclaimed].filter((gang) => gang.gang.tenant === tenant)
  const freed = leaving.reduce((sum, gang) => sum + heldIn(gang, pool), 0)
  return -state.accounts.ownRoom(tenant, pool.pool.id) - freed > 0
}

function heldIn(gang: GangState, pool: PoolState): number {
  let held = 0
  for (const part of gang.parts) if (part.poolId === pool.pool.id) held += acceleratorsIn(part)
  return held
}

function release({ state }: PassContext, gang: GangState): void {
  for (const part of gang.parts) {
    state.pool(part.poolId).free.give(part.runs)
    state.pool(part.poolId).cpuFree += part.cpuCores
  }
}

function hold({ state }: PassContext, gang: GangState): void {
  for (const part of gang.parts) {
    state.pool(part.poolId).free.take(part.runs)
    state.pool(part.poolId).cpuFree -= part.cpuCores
  }
}
