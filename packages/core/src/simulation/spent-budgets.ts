import type { MoneyLedger } from '../allocation/money/money-ledger.ts'
import { PER_MICRO } from '../allocation/money/money-unit.ts'
import { type Money, money } from '../base/money.ts'
import type { Span } from '../base/span.ts'
import type { BudgetKind } from '../demand/budget-plan.ts'

/** What was spent of a budget in one of its intervals, as far as that was played. */
export interface SpentBudget extends Span {
  readonly budgetId: string
  readonly kind: BudgetKind
  readonly amount: Money
  readonly spent: Money
}

/** By budget and interval, in the order of the terms; intervals that begin after the window are left out. */
export function spentBudgets(ledger: MoneyLedger, window: Span): SpentBudget[] {
  ledger.countUntil(window.until)
  const { currency } = ledger.terms
  return [...ledger.budgets.meters.values()].flatMap(({ budget, spentFrom }) =>
    budget.intervals.flatMap(({ start, until, micros }): SpentBudget[] => {
      if (start >= window.until) return []
      const spent = (spentFrom(start) + PER_MICRO / 2n) / PER_MICRO
      const sums = { amount: money(BigInt(micros), currency), spent: money(spent, currency) }
      return [{ start, until, budgetId: budget.id, kind: budget.kind, ...sums }]
    }),
  )
}
