import type { Tenant } from '../demand/tenant.ts'
import { ALL_POOLS } from '../demand/validate.ts'
import { milliOfPart, type Part } from './events.ts'
import { Ledger } from './ledger.ts'

/** What a gang would hold beyond its tenant's own, and whether all limits of borrowing allow that. */
export interface Borrowing {
  readonly borrowed: number
  readonly isAllowed: boolean
}

const NOTHING_BORROWED: Borrowing = { borrowed: 0, isAllowed: true }

/**
 * Who owns what, and who holds it.
 *
 * A tenant's quota includes the quotas of those below it: what it gives them is theirs alone, and the rest is shared by all
 * below it. A gang runs on its tenants' own as long as its tenant, or those above it, have room in what is theirs; what it
 * holds beyond is borrowed, also where another of the family lends it. A quota for all pools together counts beside those for
 * single pools: the larger room decides. Where no tenant has any quota, nothing is borrowed. Told and asked in accelerators,
 * with shares as fractions; counted in thousandths, exactly.
 */
export class Accounts {
  #tenants = new Map<string, Tenant>()
  #byPool = new Map<string, Ledger>()
  #ofAll = new Ledger([], ALL_POOLS)
  /** The ledger of the pool that was asked about last. */
  #latest: Ledger | undefined
  #hasQuotas = false
  #hasLimits = false

  get hasQuotas(): boolean {
    return this.#hasQuotas
  }

  /** Whether gangs of this tenant are taken; anyone is where no tenants were named. */
  knows(tenant: string): boolean {
    return this.#tenants.size === 0 || this.#tenants.has(tenant)
  }

  /** Whether the tenant is this one, or below it. */
  isWithin(tenant: string, above: string): boolean {
    let at: string | undefined = tenant
    while (at !== undefined && at !== above) at = this.#tenants.get(at)?.parent
    return at === above
  }

  /** Replaces the tree; what is held is counted anew by `charge`. Parents may come in any order. */
  set(tenants: readonly Tenant[]): void {
    this.#tenants = new Map(tenants.map((tenant) => [tenant.id, tenant]))
    this.#byPool = new Map()
    this.#latest = undefined
    this.#ofAll = new Ledger(tenants, ALL_POOLS)
    this.#hasQuotas = tenants.some(({ quotas }) => quotas.length > 0)
    this.#hasLimits = tenants.some(({ borrowLimit }) => borrowLimit !== undefined)
  }

  /** Charges, or with −1 gives back, what the parts hold. */
  chargeParts(tenant: string, parts: readonly Part[], sign: 1 | -1): void {
    for (const part of parts) this.chargePart(tenant, part, sign)
  }

  chargePart(tenant: string, part: Part, sign: 1 | -1): void {
    if (this.#tenants.size === 0) return
    const milli = sign * milliOfPart(part)
    if (milli === 0) return
    this.#ledger(part.poolId).charge(tenant, milli)
    this.#ofAll.charge(tenant, milli)
  }

  /** What the tenant may still take of the pool without borrowing. */
  ownRoom(tenant: string, pool: string): number {
    if (!this.#hasQuotas) return Number.POSITIVE_INFINITY
    return this.#ownMilli(tenant, pool) / 1000
  }

  /** What the tenant's own gangs hold of the pool. */
  used(tenant: string, pool: string): number {
    return (this.#byPool.get(pool)?.directUse(tenant) ?? 0) / 1000
  }

  /** What of so many more accelerators the tenant would borrow. */
  borrowedAfter(tenant: string, pool: string, accelerators: number): number {
    if (!this.#hasQuotas) return 0
    return Math.max(0, milliOf(accelerators) - this.#ownMilli(tenant, pool)) / 1000
  }

  /** Whether so many more accelerators keep the borrow limits of the tenant and of all above it. */
  mayBorrow(tenant: string, pool: string, accelerators: number): boolean {
    if (!this.#hasLimits) return true
    const ofPool = this.#ledger(pool)
    for (const { id, borrowLimit } of ofPool.pathOf(tenant)) {
      if (borrowLimit === undefined) continue
      const beyond = Math.min(ofPool.beyondQuota(id), this.#ofAll.beyondQuota(id)) + milliOf(accelerators)
      if (beyond > 1000 * borrowLimit) return false
    }
    return true
  }

  /** What a gang of the tenant would borrow if it held these parts. */
  borrowingOf(tenant: string, parts: readonly Part[]): Borrowing {
    let borrowed = 0
    let isAllowed = true
    if (!this.#hasQuotas) return NOTHING_BORROWED
    const charged: Part[] = []
    for (const part of parts) {
      const accelerators = milliOfPart(part) / 1000
      const beyond = this.borrowedAfter(tenant, part.poolId, accelerators)
      if (beyond > 0 && !this.mayBorrow(tenant, part.poolId, accelerators)) isAllowed = false
      borrowed = (milliOf(borrowed) + milliOf(beyond)) / 1000
      if (parts.length === 1) break
      this.chargeParts(tenant, [part], 1)
      charged.push(part)
    }
    this.chargeParts(tenant, charged, -1)
    return { borrowed, isAllowed }
  }

  /** What the tenant's own gangs hold of the pool that the owner may ask back. */
  owedTo(owner: string, tenant: string, pool: string): number {
    return Math.min(this.#ledger(pool).owedTo(owner, tenant), this.#ofAll.owedTo(owner, tenant)) / 1000
  }

  #ownMilli(tenant: string, pool: string): number {
    return Math.max(this.#ledger(pool).room(tenant), this.#ofAll.room(tenant))
  }

  #ledger(pool: string): Ledger {
    if (this.#latest?.key === pool) return this.#latest
    const ledger = this.#byPool.get(pool) ?? new Ledger([...this.#tenants.values()], pool)
    this.#byPool.set(pool, ledger)
    this.#latest = ledger
    return ledger
  }
}

function milliOf(accelerators: number): number {
  return Math.round(1000 * accelerators)
}
