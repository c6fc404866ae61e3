import type { Instant } from '../../base/instant.ts'
import type { Gang } from '../../demand/gang.ts'
import type { Allocator } from '../allocator.ts'
import type { GangState } from '../gang-state.ts'
import type { Budget, BudgetInterval, Terms } from '../money/terms.ts'
import { copyOf } from './copy.ts'
import { type MoneyCause, moneyCause } from './money-cause.ts'

/** More money that would start a gang. */
export type MoneyChange =
  | { readonly kind: 'price'; readonly currency: string; readonly micros: string }
  | {
      readonly kind: 'budget'
      readonly budgetId: string
      readonly currency: string
      readonly start: Instant
      readonly micros: string
    }

/** The lowest price at which it would start now, of those that its pools ask; `offer` tries it. */
export function higherPrice<Found>(
  { state }: Allocator,
  known: GangState,
  at: Instant,
  offer: (change: MoneyChange, changed: Partial<Gang>) => Found | undefined,
): Found | undefined {
  const causes = causesIn(state, known, at).flatMap((cause) => (cause.kind === 'price' ? [cause] : []))
  causes.sort((a, b) => Number(a.micros) - Number(b.micros))
  for (const { micros, currency } of causes) {
    const spending = { ...known.gang.spending, maxMicrosPerHour: Number(micros) }
    const found = offer({ kind: 'price', currency, micros }, { spending })
    if (found) return found
  }
  return undefined
}

/** So much more of a budget, in the interval that runs, that it starts; the gang itself stays as it is. */
export function largerBudget(
  allocator: Allocator,
  known: GangState,
  at: Instant,
): { readonly change: MoneyChange; readonly terms: Terms } | undefined {
  const { money } = allocator.state
  for (const cause of causesIn(allocator.state, known, at)) {
    if (cause.kind !== 'budget' || !money) continue
    const micros = `${enough(cause, at)}`
    const { budgetId, currency, start } = cause
    const terms = withBudget(money.terms, budgetId, (interval) =>
      interval.start === start ? { ...interval, micros } : interval,
    )
    const copy = copyOf(allocator)
    copy.apply({ kind: 'setTerms', terms }, at)
    if (copy.state.gangs.get(known.gang.id)?.running !== true) continue
    return { change: { kind: 'budget', budgetId, currency, start, micros }, terms }
  }
  return undefined
}

function causesIn(state: Allocator['state'], known: GangState, at: Instant): MoneyCause[] {
  return known.shape.anchors.flatMap((number) => {
    const pool = state.pools[number]
    return (pool && moneyCause(state, known, pool, at)) ?? []
  })
}

/** A limit must hold what was spent, what is expected and what is needed; a brake what was spent by its share of the time. */
function enough(cause: Extract<MoneyCause, { kind: 'budget' }>, at: Instant): bigint {
  const spent = BigInt(cause.spentMicros)
  if (cause.limits === 'limit') return spent + BigInt(cause.expectedMicros) + BigInt(cause.neededMicros)
  const passed = BigInt(Math.max(1, at - cause.start))
  return (spent * BigInt(cause.until - cause.start) + passed - 1n) / passed
}

function withBudget(terms: Terms, id: string, change: (interval: BudgetInterval) => BudgetInterval): Terms {
  const raise = (budget: Budget): Budget =>
    budget.id === id ? { ...budget, intervals: budget.intervals.map(change) } : budget
  return { ...terms, budgets: (terms.budgets ?? []).map(raise) }
}
