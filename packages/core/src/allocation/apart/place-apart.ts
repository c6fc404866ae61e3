import type { AllocationState } from '../allocation-state.ts'
import type { Part } from '../events.ts'
import type { GangState } from '../gang-state.ts'
import { CLOSED } from '../node-condition.ts'
import type { PoolState } from '../pool-state.ts'
import { tryPlace } from '../trial.ts'

/** A way to start the gang now with its accelerators in the pool, apart from others of its group where it has one. */
export function tryPlaceApart(
  state: AllocationState,
  { gang, shape }: GangState,
  pool: PoolState,
): readonly Part[] | undefined {
  const { spread } = gang
  if (!spread) return tryPlace(shape, pool, state.pools)
  if (!state.groups.mayUse(spread, pool)) return undefined
  const closed = spread.over === 'domain' ? state.groups.closedDomains(spread, pool) : []
  for (const domain of closed) setClosed(pool, domain, true)
  const parts = tryPlace(shape, pool, state.pools)
  for (const domain of closed) setClosed(pool, domain, false)
  return parts && state.groups.maySeat(spread, parts, state.poolById) ? parts : undefined
}

/** Whether others of its group leave the gang something of the pool. */
export function mayUse({ groups }: AllocationState, { gang }: GangState, pool: PoolState): boolean {
  return !gang.spread || groups.mayUse(gang.spread, pool)
}

/** A gang that domains keep apart is promised nothing: which ones will be open to it then is not known. */
export function mayBePromised(state: AllocationState, gang: GangState, pool: PoolState): boolean {
  return gang.gang.spread?.over !== 'domain' && mayUse(state, gang, pool)
}

function setClosed({ free }: PoolState, domain: number, isClosed: boolean): void {
  const first = free.firstNodeOf(domain)
  for (let node = first; node < first + free.nodesOf(domain); node++) free.setOut(node, CLOSED, isClosed)
}
