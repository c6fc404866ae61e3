import type { Tenant } from '../demand/tenant.ts'

/** What one tenant owns and holds of what a ledger is about. */
interface Row {
  readonly tenant: Tenant
  parent: Row | undefined
  /** What it owns, the quotas of those below it included. */
  quota: number
  /** What of that it has not given to those below it: for its own gangs, and for what those below hold beyond theirs. */
  shared: number
  /** What its own gangs hold. */
  direct: number
  /** What it and those below it hold. */
  used: number
  /** What its own gangs hold, and what those below hold beyond theirs. */
  demand: number
}

/**
 * Who owns and who holds what of one pool, or of all pools together, in a tree of tenants, in thousandths of accelerators. What a tenant holds beyond its own
 * falls to the one above it, as far as that has something to share; what falls through at the top is borrowed.
 */
export class Ledger {
  /** What the quotas are stated for. */
  readonly key: string
  readonly #rows = new Map<string, Row>()
  /** The row that was asked for last, often the one that is asked for next. */
  #latest: Row | undefined

  constructor(tenants: readonly Tenant[], key: string) {
    this.key = key
    for (const tenant of tenants) this.#open(tenant, quotaFor(tenant, key))
    for (const row of this.#rows.values()) {
      row.parent = row.tenant.parent === undefined ? undefined : this.#rows.get(row.tenant.parent)
    }
    const byDepth = [...this.#rows.values()].sort((a, b) => depthOf(b) - depthOf(a))
    const given = new Map<Row, number>()
    for (const row of byDepth) {
      const toOthers = given.get(row) ?? 0
      row.quota = Math.max(row.quota, toOthers)
      row.shared = row.quota - toOthers
      if (row.parent) given.set(row.parent, (given.get(row.parent) ?? 0) + row.quota)
    }
  }

  charge(tenant: string, milli: number): void {
    let change = milli
    const own = this.#rowOf(tenant)
    own.direct += milli
    for (let row: Row | undefined = own; row; row = row.parent) {
      const before = beyond(row)
      row.used += milli
      row.demand += change
      change = beyond(row) - before
    }
  }

  /** What the tenant's own gangs hold. */
  directUse(tenant: string): number {
    return this.#rows.get(tenant)?.direct ?? 0
  }

  /** What the tenant may take without borrowing. */
  room(tenant: string): number {
    let room = 0
    for (let row: Row | undefined = this.#rowOf(tenant); row; row = row.parent)
      room += Math.max(0, row.shared - row.demand)
    return room
  }

  /**
   * What the tenant's own gangs hold of what is borrowed, as far as the owner may ask it back: a family that holds no more
   * than its own gives nothing to those outside, whoever within it holds it.
   */
  owedTo(owner: string, tenant: string): number {
    const above = this.#rowsFrom(owner)
    const holder = this.#rowOf(tenant)
    let owed = holder.direct
    for (let row: Row | undefined = holder; row; row = row.parent) {
      owed = Math.min(owed, beyond(row))
      if (!above.includes(row)) owed = Math.min(owed, row.used - row.quota)
    }
    return owed
  }

  /** What the tenant and those below it hold beyond its quota; below 0 while they hold less. */
  beyondQuota(tenant: string): number {
    const { used, quota } = this.#rowOf(tenant)
    return used - quota
  }

  /** The tenant and all above it, nearest first. */
  pathOf(tenant: string): Tenant[] {
    return this.#rowsFrom(tenant).map((row) => row.tenant)
  }

  #open(tenant: Tenant, quota: number): Row {
    const row = { tenant, parent: undefined, quota, shared: quota, direct: 0, used: 0, demand: 0 }
    this.#rows.set(tenant.id, row)
    return row
  }

  /** A tenant that is named no longer owns nothing. */
  #rowOf(tenant: string): Row {
    if (this.#latest?.tenant.id === tenant) return this.#latest
    this.#latest = this.#rows.get(tenant) ?? this.#open({ id: tenant, name: tenant, quotas: [] }, 0)
    return this.#latest
  }

  #rowsFrom(tenant: string): Row[] {
    const path: Row[] = []
    for (let row: Row | undefined = this.#rowOf(tenant); row; row = row.parent) path.push(row)
    return path
  }
}

function quotaFor(tenant: Tenant, key: string): number {
  return 1000 * (tenant.quotas.find(({ pool }) => pool === key)?.accelerators ?? 0)
}

function depthOf(row: Row): number {
  let depth = 0
  for (let above = row.parent; above; above = above.parent) depth += 1
  return depth
}

/** What falls to the one above. */
function beyond({ demand, shared }: Row): number {
  return Math.max(0, demand - shared)
}
