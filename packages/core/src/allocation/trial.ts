import type { Role } from '../demand/gang.ts'
import type { Part } from './events.ts'
import type { GangState } from './gang-state.ts'
import { chooseNodes } from './placement.ts'
import type { PoolState } from './pool-state.ts'

/** A way to start the gang now with its accelerators in `anchor` where it accepts that; nothing where there is none. */
export function tryPlace(
  gang: GangState,
  anchor: PoolState,
  pools: readonly PoolState[],
): Part[] | undefined {
  const { roles } = gang.shape
  const parts: Part[] = []
  const taken: { pool: PoolState; part: Part }[] = []
  for (let r = 0; r < roles.length; r++) {
    const found = placeRole(gang, r, anchor, pools)
    if (!found) break
    parts.push(found.part)
    if (roles.length > 1) {
      hold(found.pool, found.part, 1)
      taken.push(found)
    }
  }
  for (const { pool, part } of taken) hold(pool, part, -1)
  return parts.length === roles.length ? parts : undefined
}

/** In the anchor alone where the role accepts it, so that the roles of a gang sit together; else in its own pools. */
function placeRole(
  gang: GangState,
  roleAt: number,
  anchor: PoolState,
  pools: readonly PoolState[],
): { pool: PoolState; part: Part } | undefined {
  const role = gang.shape.roles[roleAt] as Role
  const accepted = gang.shape.pools[roleAt] as readonly number[]
  if (accepted.includes(anchor.number)) return placeIn(role, anchor)
  for (const number of accepted) {
    const found = placeIn(role, pools[number] as PoolState)
    if (found) return found
  }
  return undefined
}

function placeIn(role: Role, pool: PoolState): { pool: PoolState; part: Part } | undefined {
  const each = role.acceleratorsPerMember
  const cpuCores = each === 0 ? role.members * role.cpuCoresPerMember : 0
  if (cpuCores > pool.cpuFree) return undefined
  const runs = each === 0 ? [] : chooseNodes(pool.free, { members: role.members, each, within: role.within })
  return runs && { pool, part: { role: role.name, poolId: pool.pool.id, runs, cpuCores } }
}

function hold(pool: PoolState, part: Part, sign: 1 | -1): void {
  if (sign === 1) pool.free.take(part.runs)
  else pool.free.give(part.runs)
  pool.cpuFree -= sign * part.cpuCores
}
