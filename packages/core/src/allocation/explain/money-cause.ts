import type { Instant } from '../../base/instant.ts'
import type { BudgetKind } from '../../demand/budget-plan.ts'
import type { AllocationState } from '../allocation-state.ts'
import type { GangState } from '../gang-state.ts'
import { moneyObstacle } from '../money/accepted-pools.ts'
import { placementCost } from '../money/placement-cost.ts'
import type { PoolState } from '../pool-state.ts'

/** Why money keeps a gang out of a pool. Sums are whole micro-units, in text. */
export type MoneyCause =
  /** It never sits on spot capacity. */
  | { readonly kind: 'onSpot' }
  /** An accelerator-hour of its work would cost more than it pays; `until` is infinite where it holds out for ever. */
  | {
      readonly kind: 'price'
      readonly currency: string
      readonly micros: string
      readonly maxMicros: string
      readonly until: number
    }
  /** What was spent, what those that run are expected to cost and what it needs itself come to more than there is. */
  | {
      readonly kind: 'budget'
      readonly budgetId: string
      readonly limits: BudgetKind
      readonly currency: string
      readonly start: Instant
      readonly until: Instant
      readonly micros: string
      readonly spentMicros: string
      readonly expectedMicros: string
      readonly neededMicros: string
    }

/** Nothing where money lets it start in the pool. */
export function moneyCause(
  { money }: AllocationState,
  gang: GangState,
  pool: PoolState,
  at: Instant,
): MoneyCause | undefined {
  if (!money || !gang.mindsMoney) return undefined
  const cost = placementCost(money, gang, pool)
  const obstacle = moneyObstacle(money, gang, { pool, cost, at })
  const { currency } = money.terms
  switch (obstacle?.kind) {
    case undefined:
      return undefined
    case 'onSpot':
      return obstacle
    case 'price': {
      const { microsPerHour, maxMicrosPerHour, until } = obstacle
      return { kind: 'price', currency, micros: `${microsPerHour}`, maxMicros: `${maxMicrosPerHour}`, until }
    }
    case 'budget': {
      const { budget, interval, spentMicros, expectedMicros, neededMicros } = obstacle
      return {
        kind: 'budget',
        budgetId: budget.id,
        limits: budget.kind,
        currency,
        start: interval.start,
        until: interval.until,
        micros: interval.micros,
        spentMicros: `${spentMicros}`,
        expectedMicros: `${expectedMicros}`,
        neededMicros: `${neededMicros}`,
      }
    }
  }
}
