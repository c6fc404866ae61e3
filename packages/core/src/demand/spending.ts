import type { BudgetPlan } from './budget-plan.ts'

/** How a gang minds what time costs. Prices are whole micro-units of the currency of the terms. */
export interface Spending {
  /** It looks at pools in the order of what its work would cost there; without it, in the order of its liking. */
  readonly prefers?: 'cheapest'
  /** The most that an accelerator-hour of its work, at speed 1, may cost: where it would cost more, it waits. */
  readonly maxMicrosPerHour?: number
  /**
   * How long after its submission it waits for that price, or where it names none for capacity that costs nothing more,
   * before it pays what it must. For ever where a price is named and no time.
   */
  readonly mayWaitMs?: number
  /** False where it never sits on spot capacity. */
  readonly onSpot?: boolean
  /** What it reads, and where that lies: fetching it from there is paid once per placement. */
  readonly data?: DataPlace
  /** The budget that it draws on beside those of its tenants. */
  readonly budget?: string
}

/** A workload or service, as far as it minds money. */
interface Minding {
  readonly id: string
  readonly tenant: string
  readonly spending?: Spending
  readonly budget?: BudgetPlan
}

/** How its gangs mind money: by its wishes, by its budget, or by both. */
export function spendingOf(work: Minding): Spending | undefined {
  return work.budget ? { ...work.spending, budget: budgetIdOf(work) } : work.spending
}

/** No tenant's budget has this name: ids have no slash. */
export function budgetIdOf({ id, tenant }: Minding): string {
  return `${tenant}/${id}`
}

export interface DataPlace {
  readonly gb: number
  readonly provider: string
  readonly region: string
}
