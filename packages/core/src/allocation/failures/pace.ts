import type { Instant } from '../../base/instant.ts'
import { changeStay, type Seating } from '../elastic/resize.ts'
import type { Part } from '../events.ts'
import { countWork, type GangState } from '../gang-state.ts'
import type { PoolState } from '../pool-state.ts'
import { speedOn } from '../shape.ts'
import { slowestNodeOf } from './slow-nodes.ts'

/** How fast the slowest role is there, by its hardware and by the slowest node that it sits on, grown members included. */
export function paceOf(
  { shape, grown }: GangState,
  parts: readonly Part[],
  poolOf: (id: string) => PoolState,
  moreMembers: number,
): number {
  let pace = Number.POSITIVE_INFINITY
  for (let r = 0; r < parts.length; r++) {
    const [role, part] = [shape.roles[r], parts[r]]
    if (!role || !part) continue
    const isGrown = role.elastic !== undefined && moreMembers > 0
    const pool = poolOf(part.poolId)
    const speed = speedOn(role, pool.pool, role.members + (isGrown ? moreMembers : 0))
    pace = Math.min(pace, speed * slowestNodeOf(pool, isGrown ? [...part.runs, ...grown] : part.runs))
  }
  return pace
}

/** Evolves the state by a change of a node's speed: what was done so far counts at the speed that held. */
export function changePace(state: Seating, gang: GangState, at: Instant): void {
  gang.resizes += 1
  changeStay(state, gang, () => countWork(gang, at))
}
