import type { Slips } from '../agreements/resolve.ts'
import { calendarBudget } from '../allocation/money/calendar-budgets.ts'
import type { Budget, Terms } from '../allocation/money/terms.ts'
import { termsOfAgreements } from '../allocation/money/terms-of-agreements.ts'
import { ok, type Result } from '../base/result.ts'
import type { Span } from '../base/span.ts'
import { budgetIdOf } from '../demand/spending.ts'
import type { UnknownPrice } from '../usage/supply.ts'
import type { Portfolio } from './portfolio.ts'

/** Whether a decision may depend on what time costs. */
export function mindsMoney({ workloads, services, tenants }: Portfolio): boolean {
  return (
    [...workloads, ...services].some(({ spending, budget }) => spending ?? budget) ||
    tenants.some(({ budget }) => budget)
  )
}

/** What time costs from the window on, and who may spend how much. */
export function termsOfPortfolio(portfolio: Portfolio, slips: Slips): Result<Terms, UnknownPrice> {
  const { window, horizon, fleet } = portfolio
  const span = { start: window.start, until: horizon.until }
  const terms = termsOfAgreements({ ...portfolio, slips, pools: fleet.pools, span })
  if (!terms.ok) return terms
  const budgets = budgetsOf(portfolio, span)
  return ok(budgets.length > 0 ? { ...terms.value, budgets } : terms.value)
}

function budgetsOf({ tenants, workloads, services }: Portfolio, span: Span): Budget[] {
  return [
    ...tenants.flatMap(({ id, budget }) => (budget ? [calendarBudget(id, budget, span, id)] : [])),
    ...[...workloads, ...services].flatMap((work) =>
      work.budget ? [calendarBudget(budgetIdOf(work), work.budget, span)] : [],
    ),
  ]
}
