import type { Instant } from '../../base/instant.ts'
import type { Gang } from '../../demand/gang.ts'
import type { Tenant } from '../../demand/tenant.ts'
import { partsWith } from '../elastic/growth.ts'
import { milliOfPart } from '../events.ts'
import type { GangState } from '../gang-state.ts'
import { BudgetMeter } from './budget-meter.ts'
import type { Budget } from './terms.ts'

const NONE: readonly BudgetMeter[] = []

/** All budgets, and which of them a gang draws on: its own, and those of its tenant and of all tenants above that. */
export class Budgets {
  readonly meters: ReadonlyMap<string, BudgetMeter>
  /** Thousandths of accelerators, by pool. */
  readonly #held = new Map<BudgetMeter, Map<string, number>>()
  readonly #ofTenants = new Map<string, readonly BudgetMeter[]>()
  readonly #tenants: ReadonlyMap<string, Tenant>

  constructor(budgets: readonly Budget[], tenants: readonly Tenant[], at: Instant) {
    this.meters = new Map(budgets.map((budget) => [budget.id, new BudgetMeter(budget, at)]))
    this.#tenants = new Map(tenants.map((tenant) => [tenant.id, tenant]))
  }

  of({ tenant, spending }: Gang): readonly BudgetMeter[] {
    if (this.meters.size === 0) return NONE
    const ofTenant = this.#ofTenant(tenant)
    const own = spending?.budget === undefined ? undefined : this.meters.get(spending.budget)
    return own && !ofTenant.includes(own) ? [own, ...ofTenant] : ofTenant
  }

  hold(gang: GangState, sign: 1 | -1): void {
    for (const meter of this.of(gang.gang)) {
      if (sign === 1) meter.running.add(gang)
      else meter.running.delete(gang)
      const held = this.#held.get(meter) ?? new Map<string, number>()
      this.#held.set(meter, held)
      for (const part of partsWith(gang, gang.grown))
        held.set(part.poolId, (held.get(part.poolId) ?? 0) + sign * milliOfPart(part))
    }
  }

  count(from: Instant, ms: number): void {
    for (const meter of this.meters.values()) meter.count(from, ms)
  }

  turn(at: Instant): void {
    for (const meter of this.meters.values()) meter.turn(at)
  }

  /** Every accelerator in use in a pool bears the same part of what its use costs. */
  setPrices(eachIn: (poolId: string) => number): void {
    for (const [meter, held] of this.#held) {
      meter.microsPerHour = 0
      for (const [poolId, milli] of held) meter.microsPerHour += priceOfMilli(milli, eachIn(poolId))
    }
  }

  /** When the next brake lets go, after the moment; infinite where none does. */
  nextRelease(counted: Instant, since: number): number {
    let next = Number.POSITIVE_INFINITY
    for (const meter of this.meters.values()) {
      const at = meter.letsGoAt(counted)
      if (at > since) next = Math.min(next, at)
    }
    return next
  }

  #ofTenant(id: string): readonly BudgetMeter[] {
    const known = this.#ofTenants.get(id)
    if (known) return known
    const above = new Set<string>()
    for (let at = this.#tenants.get(id); at && !above.has(at.id); at = this.#tenants.get(at.parent ?? ''))
      above.add(at.id)
    if (above.size === 0) above.add(id)
    const meters = [...this.meters.values()].filter(({ budget }) => above.has(budget.tenant ?? ''))
    this.#ofTenants.set(id, meters)
    return meters
  }
}

/** What thousandths of accelerators bear per hour where each whole one bears so much, rounded down. */
export function priceOfMilli(milli: number, each: number): number {
  return Math.floor((milli / 1000) * each)
}
