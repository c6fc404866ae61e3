import type { Tenant } from '../../demand/tenant.ts'
import type { Part } from '../events.ts'
import { acceleratorsTaken, exact, type Recount } from './recount.ts'

/** What a tenant's gangs hold, as quotas see it: what is kept for its owners counts, some gangs may be left out. */
export interface Holding {
  readonly tenant: string
  readonly parts: readonly Part[]
}

export function holdingsOf(recount: Recount, without: ReadonlySet<string> = new Set()): Holding[] {
  const holdings: Holding[] = []
  for (const [id, { gang, parts }] of recount.gangs) {
    const kept = recount.handOvers.get(id)
    if (without.has(id)) continue
    if (parts) holdings.push({ tenant: gang.tenant, parts })
    if (kept) holdings.push({ tenant: gang.tenant, parts: kept.parts })
  }
  return holdings
}

/** The same with what gangs have grown by, which counts for those who grow alone. */
export function wholeHoldingsOf(recount: Recount, without: string): Holding[] {
  const grown = [...recount.gangs].filter(([id, { whole }]) => id !== without && whole.length > 0)
  const kept = [...recount.handOvers].filter(([id]) => id !== without)
  return [
    ...grown.map(([, { gang, whole }]) => ({ tenant: gang.tenant, parts: whole })),
    ...kept.map(([id, { parts }]) => ({ tenant: recount.gangs.get(id)?.gang.tenant ?? '', parts })),
  ]
}

export function haveQuotas(recount: Recount): boolean {
  return recount.tenants.some(({ quotas }) => quotas.length > 0)
}

/** What the tenant's gangs hold of the pool, or of all pools. */
export function heldByItself(holdings: readonly Holding[], id: string, pool: string): number {
  let sum = 0
  for (const { tenant, parts } of holdings) {
    if (tenant !== id) continue
    const pools = pool === '*' ? [...new Set(parts.map(({ poolId }) => poolId))] : [pool]
    for (const each of pools) sum += acceleratorsTaken(parts, each)
  }
  return exact(sum)
}

/** Looks at the tree of tenants for one pool, or for all of them: slowly, from the leaves up, every time it is asked. */
class Tree {
  readonly #tenants: readonly Tenant[]
  readonly #holdings: readonly Holding[]
  readonly #pool: string

  constructor(recount: Recount, holdings: readonly Holding[], pool: string) {
    this.#tenants = recount.tenants
    this.#holdings = holdings
    this.#pool = pool
  }

  /** The tenant and all above it, nearest first. One that is named no longer stands alone. */
  path(id: string): string[] {
    const parent = this.#tenants.find((tenant) => tenant.id === id)?.parent
    return parent === undefined ? [id] : [id, ...this.path(parent)]
  }

  #children(id: string): string[] {
    return this.#tenants.filter(({ parent }) => parent === id).map((tenant) => tenant.id)
  }

  /** At least what those below it own. */
  quota(id: string): number {
    const quotas = this.#tenants.find((tenant) => tenant.id === id)?.quotas ?? []
    const stated = quotas.find(({ pool }) => pool === this.#pool)?.accelerators ?? 0
    return Math.max(stated, this.#givenAway(id))
  }

  #givenAway(id: string): number {
    return this.#children(id).reduce((sum, child) => sum + this.quota(child), 0)
  }

  used(id: string): number {
    const below = this.#children(id).reduce((sum, child) => sum + this.used(child), 0)
    return exact(heldByItself(this.#holdings, id, this.#pool) + below)
  }

  /** What is asked of what the tenant has not given away, less that; below 0 while it has room. */
  #excess(id: string): number {
    const fromBelow = this.#children(id).reduce((sum, child) => sum + Math.max(0, this.#excess(child)), 0)
    const shared = this.quota(id) - this.#givenAway(id)
    return exact(heldByItself(this.#holdings, id, this.#pool) + fromBelow - shared)
  }

  room(id: string): number {
    return exact(this.path(id).reduce((sum, each) => sum + Math.max(0, -this.#excess(each)), 0))
  }

  /** What the tenant's gangs borrow, and the owner may ask back. */
  owedTo(owner: string, id: string): number {
    const family = this.path(owner)
    const path = this.path(id)
    return Math.min(
      heldByItself(this.#holdings, id, this.#pool),
      ...path.map((each) => Math.max(0, this.#excess(each))),
      ...path.filter((each) => !family.includes(each)).map((each) => this.used(each) - this.quota(each)),
    )
  }
}

/** What the tenant may take of the pool without borrowing. */
export function ownRoomOf(
  recount: Recount,
  holdings: readonly Holding[],
  tenant: string,
  poolId: string,
): number {
  const rooms = [poolId, '*'].map((pool) => new Tree(recount, holdings, pool).room(tenant))
  return Math.max(...rooms)
}

/** What a gang of the tenant borrows if it takes these parts, one after the other, beside all that is held. */
export function borrowedFor(
  recount: Recount,
  holdings: readonly Holding[],
  tenant: string,
  parts: readonly Part[],
): number {
  if (!haveQuotas(recount)) return 0
  const held = [...holdings]
  let borrowed = 0
  for (const part of parts) {
    const accelerators = acceleratorsTaken([part], part.poolId)
    borrowed = exact(borrowed + Math.max(0, accelerators - ownRoomOf(recount, held, tenant, part.poolId)))
    held.push({ tenant, parts: [part] })
  }
  return borrowed
}

/** Tenants, from this one up, that hold more of the pool beyond their quotas than their limits of borrowing. */
export function limitsPassed(
  recount: Recount,
  holdings: readonly Holding[],
  tenant: string,
  poolId: string,
): string[] {
  const trees = [poolId, '*'].map((pool) => new Tree(recount, holdings, pool))
  return (trees[0]?.path(tenant) ?? []).filter((id) => {
    const limit = recount.tenants.find((each) => each.id === id)?.borrowLimit
    return limit !== undefined && Math.min(...trees.map((tree) => tree.used(id) - tree.quota(id))) > limit
  })
}

/** What the tenant's gangs hold of the pool that the owner may ask back. */
export function owedTo(
  recount: Recount,
  holdings: readonly Holding[],
  owner: string,
  tenant: string,
  poolId: string,
): number {
  return Math.min(...[poolId, '*'].map((pool) => new Tree(recount, holdings, pool).owedTo(owner, tenant)))
}
