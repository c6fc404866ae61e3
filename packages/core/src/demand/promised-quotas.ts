import type { Tenant } from './tenant.ts'

/** What all tenants together own, by the pool that their quotas name: a tenant's quota includes those below it, or is their sum. */
export function promisedQuotas(tenants: readonly Tenant[]): ReadonlyMap<string, number> {
  const pools = new Set(tenants.flatMap(({ quotas }) => quotas.map(({ pool }) => pool)))
  return new Map([...pools].map((pool) => [pool, promisedOf(tenants, pool)]))
}

function promisedOf(tenants: readonly Tenant[], pool: string): number {
  const parents = new Map(tenants.map(({ id, parent }) => [id, parent]))
  const given = new Map<string, number>()
  let whole = 0
  for (const { id, parent, quotas } of deepestFirst(tenants, parents)) {
    const own = quotas.find((quota) => quota.pool === pool)?.accelerators ?? 0
    const quota = Math.max(own, given.get(id) ?? 0)
    if (parent === undefined) whole += quota
    else given.set(parent, (given.get(parent) ?? 0) + quota)
  }
  return whole
}

function deepestFirst(
  tenants: readonly Tenant[],
  parents: ReadonlyMap<string, string | undefined>,
): readonly Tenant[] {
  const depths = new Map<string, number>()
  for (const { id } of tenants) {
    let depth = 0
    for (let above = parents.get(id); above !== undefined; above = parents.get(above)) depth += 1
    depths.set(id, depth)
  }
  return tenants.toSorted((a, b) => (depths.get(b.id) ?? 0) - (depths.get(a.id) ?? 0))
}
