import type { Pool } from '../../capacity/pool.ts'
import type { PoolState } from '../pool-state.ts'

/** What goes out of service together. */
export type OutageScope =
  | { readonly kind: 'provider'; readonly provider: string; readonly region?: string }
  | { readonly kind: 'pool'; readonly poolId: string }
  | { readonly kind: 'domain'; readonly poolId: string; readonly domain: number }
  | { readonly kind: 'nodes'; readonly poolId: string; readonly firstNode: number; readonly nodes: number }

/** Nodes [first, until) of one pool. */
export interface NodeRange {
  readonly first: number
  readonly until: number
}

/** Whether all of the pool is meant: its cores too, and nodes that come later. */
export function isWhole(scope: OutageScope, pool: Pool): boolean {
  if (scope.kind === 'provider')
    return scope.provider === pool.provider && (scope.region === undefined || scope.region === pool.region)
  return scope.kind === 'pool' && scope.poolId === pool.id
}

/** The nodes of the pool that are meant; nothing where none is. */
export function rangeIn(scope: OutageScope, { pool, free }: PoolState): NodeRange | undefined {
  if (isWhole(scope, pool)) return { first: 0, until: free.nodes }
  if (scope.kind === 'provider' || scope.poolId !== pool.id || scope.kind === 'pool') return undefined
  if (scope.kind === 'nodes') return { first: scope.firstNode, until: scope.firstNode + scope.nodes }
  const first = free.firstNodeOf(scope.domain)
  return { first, until: first + free.nodesOf(scope.domain) }
}
