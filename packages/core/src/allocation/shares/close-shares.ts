import type { GangState } from '../gang-state.ts'
import type { PoolState } from '../pool-state.ts'

/**
 * Closes the accelerators that a gang shares to others, as it is to leave, or with −1 opens them again: if somebody joined,
 * they would not come back when it has left.
 */
export function closeShares(
  { shape, parts }: GangState,
  poolOf: (id: string) => PoolState,
  sign: 1 | -1,
): void {
  if (!shape.hasShares) return
  for (const { poolId, runs } of parts) {
    const pool = poolOf(poolId)
    for (const { first, slot } of runs) if (slot !== undefined) pool.room?.nodes.close(first, slot, sign)
    pool.openings.clear()
  }
}
