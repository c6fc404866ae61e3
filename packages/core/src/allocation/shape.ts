import type { Pool } from '../capacity/pool.ts'
import type { Role } from '../demand/gang.ts'

/** What gangs of equal roles have in common, so that a pass over the queue tries each kind once. */
export interface Shape {
  readonly number: number
  readonly roles: readonly Role[]
  readonly accelerators: number
  /** For each role the numbers of the pools it can run on, in the order of its liking. */
  pools: readonly (readonly number[])[]
  /** The pass in which no pool had room for it. */
  failedInPass: number
  /** A single role whose members need one accelerator each, anywhere: only the count matters. */
  readonly countsOnly: boolean
}

/** Gives equal roles the same shape. */
export class Shapes {
  readonly #byRoles = new Map<readonly Role[], Shape>()
  readonly #byKey = new Map<string, Shape>()

  of(roles: readonly Role[], pools: readonly Pool[]): Shape {
    const known = this.#byRoles.get(roles)
    if (known) return known
    const key = JSON.stringify(roles)
    const shape = this.#byKey.get(key) ?? this.#create(roles, pools)
    this.#byKey.set(key, shape)
    this.#byRoles.set(roles, shape)
    return shape
  }

  /** A new pool may suit shapes that are known already. */
  refresh(pools: readonly Pool[]): void {
    for (const shape of this.#byKey.values()) shape.pools = poolsFor(shape.roles, pools)
  }

  #create(roles: readonly Role[], pools: readonly Pool[]): Shape {
    const [only] = roles
    const { level, required } = only?.within ?? { level: 'node', required: true }
    return {
      number: this.#byKey.size,
      roles,
      accelerators: roles.reduce((sum, role) => sum + role.members * role.acceleratorsPerMember, 0),
      pools: poolsFor(roles, pools),
      failedInPass: -1,
      countsOnly: roles.length === 1 && only?.acceleratorsPerMember === 1 && (level === 'pool' || !required),
    }
  }
}

function poolsFor(roles: readonly Role[], pools: readonly Pool[]): number[][] {
  return roles.map((role) =>
    role.accepts.flatMap(({ hardware }) =>
      pools.flatMap((pool, number) => (pool.hardware === hardware ? [number] : [])),
    ),
  )
}

/** How fast a role runs on a pool's hardware, relative to what its durations are stated for. */
export function speedOn(role: Role, pool: Pool): number {
  return role.accepts.find(({ hardware }) => hardware === pool.hardware)?.speed ?? 1
}
