import type { BudgetPlan } from './budget-plan.ts'

/** Who asks. Tenants form a tree; a tenant without a parent is at the top. */
export interface Tenant {
  readonly id: string
  readonly name: string
  readonly parent?: string
  /** What is the tenant's own, by pool; what it leaves idle may be lent. */
  readonly quotas: readonly Quota[]
  /** The most it may hold beyond its own, by pool; no limit where absent, nothing where 0. */
  readonly borrowLimit?: number
  /** Its share beside others below the same tenant: 1 where others state one. Where nobody does, shares do not count. */
  readonly weight?: number
  /** What it may spend, with all tenants below it; no limit where absent. */
  readonly budget?: BudgetPlan
}

/** How turns are taken beside what tenants own. */
export interface OrderRules {
  /** After so long, what a tenant held counts half. */
  readonly shareHalfLifeMs?: number
  /** After each such time of waiting a gang counts as of one priority more. */
  readonly priorityAgingMs?: number
}

/** Accelerators of one pool, or of all pools together where `pool` is `*`. */
export interface Quota {
  readonly pool: string
  readonly accelerators: number
}
