import { sumText } from '@offtake/contract/text/money-text'
import { NO_SLIPS, type Slips } from '@offtake/core/agreements/resolve'
import { formatMoney, nothing, subtract } from '@offtake/core/base/money'
import { type PlannedCost, plannedCost } from '@offtake/core/cost/planned-cost'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import type { Output } from './output.ts'

/** What a portfolio costs as it stands, and with what slips. */
export interface Delay {
  readonly currency: string
  readonly before: PlannedCost
  readonly after: PlannedCost
}

/** Nothing where nothing slips; `unknown` where a price is not known. */
export function delayOf(portfolio: Portfolio, slips: Slips): Delay | 'unknown' | undefined {
  if (slips.size === 0) return undefined
  const before = plannedCost(portfolio, NO_SLIPS)
  const after = plannedCost(portfolio, slips)
  if (!before.ok || !after.ok) return 'unknown'
  return { currency: portfolio.currency, before: before.value, after: after.value }
}

export function delayDocument(delay: Delay | 'unknown' | undefined) {
  if (delay === undefined) return {}
  if (delay === 'unknown') return { costOfDelay: null }
  return {
    costOfDelay: {
      currency: delay.currency,
      chargedBefore: formatMoney(delay.before.total),
      chargedAfter: formatMoney(delay.after.total),
      byKind: kindsOf(delay).map(({ kind, before, after }) => ({
        kind,
        before: formatMoney(before),
        after: formatMoney(after),
      })),
    },
  }
}

export function printDelay(delay: Delay | 'unknown' | undefined, output: Output): void {
  if (delay === undefined) return
  if (delay === 'unknown') return output.note('What the delay costs is not known: a price is missing.')
  const { before, after } = delay
  output.print('')
  output.paragraph('Charged within the horizon, if pools are used as demand says')
  output.table(
    ['for', 'as it stands', 'with the delay', 'difference'],
    [...kindsOf(delay), { kind: 'total', before: before.total, after: after.total }].map((row) => [
      row.kind,
      sumText(row.before),
      sumText(row.after),
      sumText(subtract(row.after, row.before)),
    ]),
  )
}

function kindsOf({ before, after, currency }: Delay) {
  const kinds = [...new Set([...before.byKind.keys(), ...after.byKind.keys()])].sort()
  return kinds.map((kind) => ({
    kind,
    before: before.byKind.get(kind) ?? nothing(currency),
    after: after.byKind.get(kind) ?? nothing(currency),
  }))
}
