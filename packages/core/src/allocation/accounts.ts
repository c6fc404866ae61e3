import type { Tenant } from '../demand/tenant.ts'

const ALL_POOLS = '*'

/** One tenant with what it holds, its children's holdings included. */
interface Account {
  readonly tenant: Tenant
  readonly path: Account[]
  readonly used: Map<string, number>
  usedInAll: number
  /** What the tenant itself holds, its children's holdings left out. */
  readonly ownUse: Map<string, number>
}

/**
 * Who owns what, and who holds it. A gang runs on its tenants' own as long as its tenant, or any tenant above it, has room
 * within a quota for the pool (or for all pools together); what it holds beyond is borrowed.
 * Where no tenant has any quota, nothing is borrowed.
 */
export class Accounts {
  #accounts = new Map<string, Account>()
  #hasQuotas = false

  get hasQuotas(): boolean {
    return this.#hasQuotas
  }

  /** Whether gangs of this tenant are taken; anyone is where no tenants were named. */
  knows(tenant: string): boolean {
    return this.#accounts.size === 0 || this.#accounts.has(tenant)
  }

  /** Replaces the tree; what is held is counted anew by `charge`. Parents may come in any order. */
  set(tenants: readonly Tenant[]): void {
    const byId = new Map(tenants.map((tenant) => [tenant.id, tenant]))
    this.#accounts = new Map()
    for (const tenant of tenants) this.#open(tenant, byId)
    this.#hasQuotas = tenants.some(({ quotas }) => quotas.length > 0)
  }

  charge(tenant: string, pool: string, accelerators: number): void {
    const account = this.#accounts.get(tenant)
    if (!account) return
    account.ownUse.set(pool, (account.ownUse.get(pool) ?? 0) + accelerators)
    for (const each of account.path) {
      each.used.set(pool, (each.used.get(pool) ?? 0) + accelerators)
      each.usedInAll += accelerators
    }
  }

  /** What the tenant may still take of the pool without borrowing; negative while it borrows. */
  ownRoom(tenant: string, pool: string): number {
    if (!this.#hasQuotas) return Number.POSITIVE_INFINITY
    let room = Number.NEGATIVE_INFINITY
    for (const account of this.#accounts.get(tenant)?.path ?? []) room = Math.max(room, roomOf(account, pool))
    return room > Number.NEGATIVE_INFINITY ? room : -this.used(tenant, pool)
  }

  /** What the tenant itself holds of the pool. */
  used(tenant: string, pool: string): number {
    return this.#accounts.get(tenant)?.ownUse.get(pool) ?? 0
  }

  /** What the tenant would hold beyond its own if it took so many more. */
  borrowedAfter(tenant: string, pool: string, accelerators: number): number {
    return Math.max(0, accelerators - this.ownRoom(tenant, pool))
  }

  /** Whether the tenant's limit of borrowing leaves room for so many accelerators in all. */
  mayBorrow(tenant: string, borrowed: number): boolean {
    const limit = this.#accounts.get(tenant)?.tenant.borrowLimit
    return borrowed === 0 || limit === undefined || borrowed <= limit
  }

  #open(tenant: Tenant, byId: ReadonlyMap<string, Tenant>): Account {
    const known = this.#accounts.get(tenant.id)
    if (known) return known
    const parent = tenant.parent === undefined ? undefined : byId.get(tenant.parent)
    const path: Account[] = []
    const account: Account = { tenant, path, used: new Map(), usedInAll: 0, ownUse: new Map() }
    this.#accounts.set(tenant.id, account)
    path.push(account, ...(parent ? this.#open(parent, byId).path : []))
    return account
  }
}

function roomOf(account: Account, pool: string): number {
  let room = Number.NEGATIVE_INFINITY
  for (const quota of account.tenant.quotas) {
    if (quota.pool === pool) room = Math.max(room, quota.accelerators - (account.used.get(pool) ?? 0))
    if (quota.pool === ALL_POOLS) room = Math.max(room, quota.accelerators - account.usedInAll)
  }
  return room
}
