import type { MoneyCause } from '@offtake/core/allocation/explain/money-cause'
import type { MoneyChange } from '@offtake/core/allocation/explain/money-offer'
import { formatDate, formatInstant, formatMonth, type Instant } from '@offtake/core/base/instant'
import { money } from '@offtake/core/base/money'
import { priceText, sumText } from '../text/money-text.ts'

/** Why money keeps a gang out of a pool. */
export function moneyCauseText(cause: MoneyCause): string {
  switch (cause.kind) {
    case 'onSpot':
      return 'it does not sit on spot capacity, which can be taken away'
    case 'price': {
      const { currency, micros, maxMicros, until } = cause
      const asked = priceText(money(BigInt(micros), currency))
      const held = Number.isFinite(until) ? `, until ${formatInstant(until as Instant)}` : ''
      return `an accelerator-hour of its work would cost ${asked} there, and it pays at most ${priceText(money(BigInt(maxMicros), currency))}${held}`
    }
    case 'budget':
      return budgetText(cause)
  }
}

export function moneyChangeText(change: MoneyChange): string {
  const sum = money(BigInt(change.micros), change.currency)
  if (change.kind === 'price') return `${priceText(sum)} for an accelerator-hour of its work`
  return `a budget of ${sumText(sum)} for ${change.budgetId} from ${formatDate(change.start)} on`
}

function budgetText(cause: Extract<MoneyCause, { kind: 'budget' }>): string {
  const sum = (micros: string): string => sumText(money(BigInt(micros), cause.currency))
  const of = `the budget of ${cause.budgetId} for ${spanText(cause)}`
  const [spent, all] = [sum(cause.spentMicros), sum(cause.micros)]
  if (cause.limits === 'brake')
    return `${of} is spent faster than its time passes: ${spent} of ${all}, so only what costs nothing more is used`
  const taken = BigInt(cause.spentMicros) + BigInt(cause.expectedMicros)
  const expected =
    cause.expectedMicros === '0' ? '' : `, ${sum(cause.expectedMicros)} expected for those that run`
  if (taken >= BigInt(cause.micros)) return `${of} is used up: ${spent} of ${all} spent${expected}`
  return `${of} has too little left: ${spent} of ${all} spent${expected}, and it needs ${sum(cause.neededMicros)}`
}

/** `March 2026` as `2026-03` where it is a month, else its first and last day. */
function spanText({ start, until }: { readonly start: Instant; readonly until: Instant }): string {
  const last = (until - 1) as Instant
  return formatMonth(start) === formatMonth(last)
    ? formatMonth(start)
    : `${formatDate(start)} to ${formatDate(last)}`
}
