import type { TenantView } from '@offtake/contract/api/tenant-routes'
import type { AllocationState } from '@offtake/core/allocation/allocation-state'
import { milliOfPart } from '@offtake/core/allocation/events'
import type { PoolState } from '@offtake/core/allocation/pool-state'
import type { Tenant } from '@offtake/core/demand/tenant'
import { ALL_POOLS } from '@offtake/core/demand/validate'

/** Of these tenants, each after the one above it; whoever is above them is not named. */
export function tenantViews(state: AllocationState, seen: ReadonlySet<string>): TenantView[] {
  const tree = new Tree(state.tenants)
  const used = usedBy(state, tree)
  const free = freeIn(state)
  return tree.inOrder
    .filter(({ id }) => seen.has(id))
    .map(({ id, name, parent, borrowLimit = null, weight = null, quotas }) => ({
      id,
      name,
      parent: parent !== undefined && seen.has(parent) ? parent : null,
      borrowLimit,
      weight,
      quotas: quotas.map((quota) => ({ ...quota })),
      holdings: tree.poolsOf(id, used).map((pool) => {
        const owned = tree.owned(id, pool)
        const held = used.get(id)?.get(pool) ?? 0
        const missing = owned - held - (free.get(pool) ?? 0)
        const lent = Math.max(0, Math.min(missing, heldByOthers(pool, id, state, tree, used)))
        return { pool, owned, used: held, borrowed: Math.max(0, held - owned), lent }
      }),
    }))
}

/** What the tenants at the top own of a pool together. */
export function ownedOf({ tenants }: Pick<AllocationState, 'tenants'>, pool: string): number {
  const tree = new Tree(tenants)
  return tenants
    .filter(({ parent }) => parent === undefined)
    .reduce((sum, { id }) => sum + tree.owned(id, pool), 0)
}

type Used = ReadonlyMap<string, ReadonlyMap<string, number>>

/** What others hold of the pool beyond what is theirs: those at the top, since what is lent within a family stays in it. */
function heldByOthers(
  pool: string,
  id: string,
  { tenants }: AllocationState,
  tree: Tree,
  used: Used,
): number {
  const family = tree.pathOf(id)
  const others = tenants.filter(({ id: other, parent }) => {
    const isBeside =
      parent === undefined ? !family.includes(other) : family.includes(parent) && !family.includes(other)
    return isBeside
  })
  return others.reduce(
    (sum, other) => sum + Math.max(0, (used.get(other.id)?.get(pool) ?? 0) - tree.owned(other.id, pool)),
    0,
  )
}

class Tree {
  readonly inOrder: readonly Tenant[]
  readonly #byId: ReadonlyMap<string, Tenant>
  readonly #children = new Map<string, Tenant[]>()
  readonly #owned = new Map<string, number>()

  constructor(tenants: readonly Tenant[]) {
    this.#byId = new Map(tenants.map((tenant) => [tenant.id, tenant]))
    for (const tenant of tenants)
      if (tenant.parent !== undefined)
        this.#children.set(tenant.parent, [...(this.#children.get(tenant.parent) ?? []), tenant])
    const ordered = tenants.filter(({ parent }) => parent === undefined)
    for (let n = 0; n < ordered.length; n++) {
      const tenant = ordered[n]
      if (tenant) ordered.splice(n + 1, 0, ...(this.#children.get(tenant.id) ?? []))
    }
    this.inOrder = ordered
  }

  /** The tenant and all above it. */
  pathOf(id: string): string[] {
    const path: string[] = []
    for (let at: string | undefined = id; at !== undefined; at = this.#byId.get(at)?.parent) path.push(at)
    return path
  }

  /** A tenant's own: its quota, or those of the ones below it together where they are more. */
  owned(id: string, pool: string): number {
    const key = `${id} ${pool}`
    const known = this.#owned.get(key)
    if (known !== undefined) return known
    const below = (this.#children.get(id) ?? []).reduce((sum, child) => sum + this.owned(child.id, pool), 0)
    const quota = this.#byId.get(id)?.quotas.find((one) => one.pool === pool)?.accelerators ?? 0
    const owned = Math.max(quota, below)
    this.#owned.set(key, owned)
    return owned
  }

  /** The pools of which the tenant owns or uses something. */
  poolsOf(id: string, used: Used): string[] {
    const own = new Set(used.get(id)?.keys())
    const add = (tenant: string): void => {
      for (const { pool } of this.#byId.get(tenant)?.quotas ?? []) own.add(pool)
      for (const child of this.#children.get(tenant) ?? []) add(child.id)
    }
    add(id)
    return [...own].sort()
  }
}

/** What gangs of the tenant and of those below it hold, by pool and of all pools together. */
function usedBy({ gangs }: AllocationState, tree: Tree): Used {
  const used = new Map<string, Map<string, number>>()
  for (const { gang, parts } of gangs.values())
    for (const part of parts) {
      const milli = milliOfPart(part)
      if (milli === 0) continue
      for (const id of tree.pathOf(gang.tenant))
        for (const pool of [part.poolId, ALL_POOLS]) {
          const pools = used.get(id) ?? new Map<string, number>()
          pools.set(pool, (1000 * (pools.get(pool) ?? 0) + milli) / 1000)
          used.set(id, pools)
        }
    }
  return used
}

function freeIn({ pools }: AllocationState): ReadonlyMap<string, number> {
  const free = pools.map((pool): [string, number] => [pool.pool.id, freeOf(pool)])
  return new Map([...free, [ALL_POOLS, free.reduce((sum, [, of]) => sum + of, 0)]])
}

function freeOf({ free }: PoolState): number {
  let sum = 0
  for (let node = 0; node < free.nodes; node++)
    if (!free.isRetired(node) && free.isOnline(node)) sum += free.freeOf(node)
  return sum
}
