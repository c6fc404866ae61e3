import type { Pool } from './pool.ts'

/** What goes out of service together: machines that share a rack, power, a network or an operator. */
export type OutageScope =
  | { readonly kind: 'provider'; readonly provider: string; readonly region?: string }
  | { readonly kind: 'pool'; readonly poolId: string }
  | { readonly kind: 'domain'; readonly poolId: string; readonly domain: number }
  | { readonly kind: 'nodes'; readonly poolId: string; readonly firstNode: number; readonly nodes: number }

/** Whether all of the pool is meant: its cores too, and nodes that come later. */
export function isWhole(scope: OutageScope, pool: Pool): boolean {
  if (scope.kind === 'provider')
    return scope.provider === pool.provider && (scope.region === undefined || scope.region === pool.region)
  return scope.kind === 'pool' && scope.poolId === pool.id
}
