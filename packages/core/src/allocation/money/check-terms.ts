import type { Span } from '../../base/span.ts'
import type { Budget, BudgetInterval, EgressPrice, PricedGrant, Take, TakeInterval, Terms } from './terms.ts'

/** Whether the terms say nothing that cannot be. */
export function areGoodTerms({ currency, grants, takes, egress = [], budgets = [] }: Terms): boolean {
  const takeIds = new Set(takes.map(({ id }) => id))
  const grantIds = new Set(grants.map(({ id }) => id))
  return (
    /^[A-Z]{3}$/.test(currency) &&
    takeIds.size === takes.length &&
    grantIds.size === grants.length &&
    grants.every((grant) => isGoodGrant(grant, takeIds)) &&
    takes.every(isGoodTake) &&
    egress.every(isGoodEgress) &&
    new Set(budgets.map(({ id }) => id)).size === budgets.length &&
    budgets.every(isGoodBudget) &&
    largestRate(grants) <= Number.MAX_SAFE_INTEGER
  )
}

/** What all grants together could cost in an hour must be a number that arithmetic keeps exact. */
function largestRate(grants: readonly PricedGrant[]): number {
  return grants.reduce(
    (sum, { accelerators, prices }) =>
      sum + accelerators * Math.max(...prices.map(({ microsPerHour }) => microsPerHour)),
    0,
  )
}

function isGoodGrant(grant: PricedGrant, takeIds: ReadonlySet<string>): boolean {
  const { accelerators, order, paidAnyway, prices, start, takeId, lossesPerNodeHour = 0 } = grant
  const [first] = prices
  return (
    isSpan(grant) &&
    isCount(accelerators) &&
    isCount(paidAnyway, accelerators) &&
    first !== undefined &&
    first.from <= start &&
    prices.every(({ from, microsPerHour }, n) => {
      const before = prices[n - 1]
      const isFree = order !== 'listed' || microsPerHour === 0
      return Number.isSafeInteger(from) && isCount(microsPerHour) && isFree && (!before || before.from < from)
    }) &&
    (takeId === undefined || takeIds.has(takeId)) &&
    Number.isFinite(lossesPerNodeHour) &&
    lossesPerNodeHour >= 0
  )
}

function isGoodTake({ intervals }: Take): boolean {
  return intervals.every((interval, n) => {
    const before: TakeInterval | undefined = intervals[n - 1]
    const { owedMicros, committedMicros } = interval
    return (
      isSpan(interval) &&
      isSum(owedMicros) &&
      isSum(committedMicros) &&
      (!before || before.until <= interval.start)
    )
  })
}

function isSpan({ start, until }: Span): boolean {
  return Number.isSafeInteger(start) && Number.isSafeInteger(until) && start < until
}

function isGoodBudget({ intervals }: Budget): boolean {
  return intervals.every((interval, n) => {
    const before: BudgetInterval | undefined = intervals[n - 1]
    return isSpan(interval) && isSum(interval.micros) && (!before || before.until <= interval.start)
  })
}

function isGoodEgress({ toRegionMicrosPerGb, toProviderMicrosPerGb }: EgressPrice): boolean {
  return isCount(toRegionMicrosPerGb) && isCount(toProviderMicrosPerGb)
}

/** A sum of micro-units in text, not below zero. */
function isSum(text: unknown): boolean {
  return typeof text === 'string' && /^\d{1,40}$/.test(text)
}

function isCount(value: number, max = Number.MAX_SAFE_INTEGER): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= max
}
