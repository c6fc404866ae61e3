import { addMonths, type Instant, instant } from '../../base/instant.ts'
import { scale } from '../../base/money.ts'
import { durationMs, type Span } from '../../base/span.ts'
import type { BudgetPlan } from '../../demand/budget-plan.ts'
import type { Budget, BudgetInterval } from './terms.ts'

const MONTHS = { month: 1, quarter: 3, year: 12 } as const

/**
 * A plan as a budget over the calendar months, quarters or years (UTC) that the span touches. The first one, if it began before the
 * span, has the part of its sum that is left by time, as if what was spent before had kept pace with it.
 */
export function calendarBudget(id: string, plan: BudgetPlan, span: Span, tenant?: string): Budget {
  const months = MONTHS[plan.per]
  const intervals: BudgetInterval[] = []
  for (let start = calendarStart(span.start, months); start < span.until; start = addMonths(start, months)) {
    const until = addMonths(start, months)
    const rest = { start: Math.max(start, span.start) as Instant, until }
    const sum = { micros: BigInt(plan.micros), currency: '' }
    const left = scale(sum, BigInt(durationMs(rest)), BigInt(durationMs({ start, until })))
    intervals.push({ ...rest, micros: `${left.micros}` })
  }
  return { id, kind: plan.kind, intervals, ...(tenant === undefined ? {} : { tenant }) }
}

function calendarStart(at: Instant, months: number): Instant {
  const date = new Date(at)
  return instant(Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / months) * months))
}
