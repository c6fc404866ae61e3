import { isWhole, type OutageScope } from '../../capacity/outage-scope.ts'
import type { NodeRun } from '../events.ts'
import type { PoolState } from '../pool-state.ts'

/** Nodes [first, until) of one pool. */
export interface NodeRange {
  readonly first: number
  readonly until: number
}

/** The nodes of the pool that the scope means; nothing where none is. */
export function rangeIn(scope: OutageScope, { pool, free }: PoolState): NodeRange | undefined {
  if (isWhole(scope, pool)) return { first: 0, until: free.nodes }
  if (scope.kind === 'provider' || scope.poolId !== pool.id || scope.kind === 'pool') return undefined
  if (scope.kind === 'nodes') return { first: scope.firstNode, until: scope.firstNode + scope.nodes }
  const first = free.firstNodeOf(scope.domain)
  return { first, until: first + free.nodesOf(scope.domain) }
}

/** Whether the scope means some of the nodes. */
export function reaches(scope: OutageScope, pool: PoolState, runs: readonly NodeRun[]): boolean {
  const range = rangeIn(scope, pool)
  if (!range) return false
  return runs.some(({ first, nodes }) => first < range.until && range.first < first + nodes)
}
