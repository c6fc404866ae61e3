import { isWhole } from '../../capacity/outage-scope.ts'
import { endBy, type GangState } from '../gang-state.ts'
import { DRAINING } from '../node-condition.ts'
import type { PassContext } from '../pass-context.ts'
import type { PoolState } from '../pool-state.ts'
import { speedOn } from '../shape.ts'
import { type NodeRange, rangeIn } from './range-in.ts'

/**
 * What `look` finds while those nodes of the pool count as free that drain until a time when the gang, by its limit, will have
 * ended. Nothing where there are none: a gang without a limit never ends in time.
 */
export function lookBeforeDrain<Found>(
  { at }: PassContext,
  gang: GangState,
  pool: PoolState,
  look: () => Found,
): Found | undefined {
  const [role] = gang.shape.roles
  if (!role || gang.shape.roles.length > 1) return undefined
  const end = endBy(gang, at, speedOn(role, pool.pool))
  const early = pool.drains.filter(({ by = at }) => end > by)
  if (early.length === pool.drains.length) return undefined
  const ranges = (outages: PoolState['drains']): NodeRange[] =>
    outages.flatMap(({ of }) => rangeIn(of, pool) ?? [])
  const nodes = drainingIn(pool, ranges(pool.drains), ranges(early))
  const cores = early.some(({ of }) => isWhole(of, pool.pool)) || pool.isOut ? 0 : pool.coresOut
  for (const node of nodes) pool.free.setOut(node, DRAINING, false)
  pool.cpuFree += cores
  const found = look()
  pool.cpuFree -= cores
  for (const node of nodes) pool.free.setOut(node, DRAINING, true)
  return found
}

/** Nodes of these ranges that drain, and lie in none of the others. */
function drainingIn(pool: PoolState, ranges: readonly NodeRange[], others: readonly NodeRange[]): number[] {
  const nodes: number[] = []
  for (const { first, until } of ranges) {
    for (let node = first; node < until; node++) {
      const isElsewhere = others.some((other) => node >= other.first && node < other.until)
      if (pool.free.isOut(node, DRAINING) && !isElsewhere) nodes.push(node)
    }
  }
  return nodes
}

/** What `look` finds while all nodes of the pool that drain count as free. */
export function lookAsIfNotDraining<Found>(pool: PoolState, look: () => Found): Found {
  const ranges = pool.drains.flatMap(({ of }) => rangeIn(of, pool) ?? [])
  const nodes = drainingIn(pool, ranges, [])
  for (const node of nodes) pool.free.setOut(node, DRAINING, false)
  const found = look()
  for (const node of nodes) pool.free.setOut(node, DRAINING, true)
  return found
}
