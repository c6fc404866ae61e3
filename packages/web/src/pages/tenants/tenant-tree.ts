import type { TenantView } from '@offtake/contract/api/tenant-routes'

export const ALL_POOLS = '*'

/** A tenant at its place in the tree. */
export interface Branch {
  readonly tenant: TenantView
  readonly depth: number
  readonly hasChildren: boolean
  readonly isFolded: boolean
}

/** The tree from the top, without what is below those that are folded. */
export function branchesOf(tenants: readonly TenantView[], folded: ReadonlySet<string>): readonly Branch[] {
  const ids = new Set(tenants.map(({ id }) => id))
  const below = new Map<string | null, TenantView[]>()
  for (const tenant of tenants) {
    // One whose parent is not for the reader to see stands at the top.
    const parent = tenant.parent !== null && ids.has(tenant.parent) ? tenant.parent : null
    below.set(parent, [...(below.get(parent) ?? []), tenant])
  }
  const branches: Branch[] = []
  const add = (parent: string | null, depth: number): void => {
    for (const tenant of below.get(parent) ?? []) {
      const hasChildren = below.has(tenant.id)
      const isFolded = hasChildren && folded.has(tenant.id)
      branches.push({ tenant, depth, hasChildren, isFolded })
      if (!isFolded) add(tenant.id, depth + 1)
    }
  }
  add(null, 0)
  return branches
}

type Holding = TenantView['holdings'][number]

/** What a tenant has of a pool, or of all. */
export function holdingOf({ holdings }: { readonly holdings: readonly Holding[] }, pool: string): Holding {
  const found = holdings.find((one) => one.pool === pool) ?? { pool, owned: 0, used: 0, borrowed: 0, lent: 0 }
  return pool === ALL_POOLS ? ofAll(found, holdings) : found
}

/** Whoever has quotas of single pools owns nothing of all of them as such: what it has is what it has of each. */
function ofAll(all: Holding, holdings: readonly Holding[]): Holding {
  const pools = holdings.filter(({ pool }) => pool !== ALL_POOLS)
  if (all.owned > 0 || pools.every(({ owned }) => owned === 0)) return all
  const sum = (of: (one: Holding) => number): number => pools.reduce((total, one) => total + of(one), 0)
  return {
    ...all,
    owned: sum(({ owned }) => owned),
    borrowed: sum(({ borrowed }) => borrowed),
    lent: sum(({ lent }) => lent),
  }
}

/** The tenants that share with one what is above them, itself included. */
export function siblingsOf(tenants: readonly TenantView[], id: string): readonly TenantView[] {
  const parent = tenants.find((tenant) => tenant.id === id)?.parent ?? null
  return tenants.filter((tenant) => tenant.parent === parent)
}

/** A tenant and all that are below it. */
export function withBelow(tenants: readonly TenantView[], id: string): ReadonlySet<string> {
  const all = new Set([id])
  // Each tenant comes after the one above it.
  for (const tenant of tenants) if (tenant.parent !== null && all.has(tenant.parent)) all.add(tenant.id)
  return all
}
