import type { Role } from '../demand/gang.ts'
import { besideGrown } from './elastic/beside-grown.ts'
import type { Part } from './events.ts'
import { preferWhole } from './failures/slow-nodes.ts'
import { chooseNodes } from './placement.ts'
import type { PoolState } from './pool-state.ts'
import { cpuCoresOf, type Shape } from './shape.ts'

interface Seat {
  readonly pool: PoolState
  readonly part: Part
}

/**
 * A way to start a gang of the shape now with its accelerators in `anchor` where it accepts that; nothing where there is
 * none. Roles that need more of the topology choose first, each for itself. Nobody who has grown shrinks where that is not needed.
 */
export function tryPlace(
  shape: Shape,
  anchor: PoolState,
  pools: readonly PoolState[],
): readonly Part[] | undefined {
  const idle = anchor.grown.size > 0 && besideGrown(anchor, () => placeAll(shape, anchor, pools))
  return idle || placeAll(shape, anchor, pools)
}

function placeAll(shape: Shape, anchor: PoolState, pools: readonly PoolState[]): readonly Part[] | undefined {
  if (shape.roles.length === 1) {
    const seat = placeRole(shape, 0, anchor, pools)
    return seat && [seat.part]
  }
  const seats: Seat[] = []
  const parts: Part[] = []
  for (const r of shape.placingOrder) {
    const seat = placeRole(shape, r, anchor, pools)
    if (!seat) break
    hold(seat, 1)
    seats.push(seat)
    parts[r] = seat.part
  }
  for (const seat of seats) hold(seat, -1)
  return seats.length === shape.roles.length ? parts : undefined
}

/** In the anchor alone where the role accepts it, so that the roles of a gang sit together; else in its own pools. */
function placeRole(
  shape: Shape,
  roleAt: number,
  anchor: PoolState,
  pools: readonly PoolState[],
): Seat | undefined {
  const role = shape.roles[roleAt] as Role
  const accepted = shape.pools[roleAt] as readonly number[]
  const isSole = shape.roles.length === 1
  if (accepted.includes(anchor.number)) return placeIn(role, anchor, isSole)
  for (const number of accepted) {
    const pool = pools[number] as PoolState
    const seat = pool.blocked ? undefined : placeIn(role, pool, isSole)
    if (seat) return seat
  }
  return undefined
}

function placeIn(role: Role, pool: PoolState, isSole: boolean): Seat | undefined {
  if (pool.slow.size === 0) return placeNow(role, pool, isSole)
  return preferWhole(pool, () => placeNow(role, pool, isSole))
}

function placeNow(role: Role, pool: PoolState, isSole: boolean): Seat | undefined {
  const each = role.acceleratorsPerMember
  const cpuCores = cpuCoresOf(role)
  if (pool.room?.concerns(role) && (cpuCores === 0 || cpuCores > pool.cpuFree)) {
    const runs = pool.room.choose(role, isSole)
    return runs && { pool, part: { role: role.name, poolId: pool.pool.id, runs, cpuCores: 0 } }
  }
  if (cpuCores > 0 && cpuCores > pool.cpuFree) return undefined
  const runs = each === 0 ? [] : chooseNodes(pool.free, { members: role.members, each, within: role.within })
  return runs && { pool, part: { role: role.name, poolId: pool.pool.id, runs, cpuCores } }
}

function hold({ pool, part }: Seat, sign: 1 | -1): void {
  if (sign === 1) pool.free.take(part.runs)
  else pool.free.give(part.runs)
  pool.cpuFree -= sign * part.cpuCores
}
