import type { GangState } from '../gang-state.ts'
import { WHOLE_MILLI } from '../packing/packing-fleet.ts'
import type { PoolState } from '../pool-state.ts'
import { SLOTS_MOST } from './node-room.ts'

/** Accelerators of the pool, by node, that nobody shares any longer when these gangs have left. */
export function acceleratorsGivenUp(
  { pool, room }: PoolState,
  gangs: readonly GangState[],
): ReadonlyMap<number, number> {
  const byNode = new Map<number, number>()
  if (!room) return byNode
  const given = new Map<number, number>()
  for (const { parts } of gangs) {
    for (const { poolId, runs } of parts) {
      if (poolId !== pool.id) continue
      for (const { first, slot, milli = 0 } of runs) {
        if (slot === undefined) continue
        const accelerator = first * SLOTS_MOST + slot
        given.set(accelerator, (given.get(accelerator) ?? 0) + milli)
      }
    }
  }
  for (const [accelerator, milli] of given) {
    const node = Math.floor(accelerator / SLOTS_MOST)
    if (room.nodes.remnantOf(node, accelerator % SLOTS_MOST) + milli === WHOLE_MILLI)
      byNode.set(node, (byNode.get(node) ?? 0) + 1)
  }
  return byNode
}
