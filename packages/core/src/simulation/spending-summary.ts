import { groupBy } from '../base/group.ts'
import { formatInstant } from '../base/instant.ts'
import { type Money, nothing, total, toUnits } from '../base/money.ts'
import { type AcceleratorMs, addTime, toHours } from '../base/quantity.ts'
import { type Charge, chargesWithin } from '../cost/charge.ts'
import type { RunResult } from './run-result.ts'

/** What was spent where within the window, in whole currency units. */
export interface SpendingSummary {
  readonly budgets: readonly {
    readonly id: string
    readonly kind: string
    readonly start: string
    readonly until: string
    readonly amount: number
    readonly spent: number
  }[]
  /** Use by line: `use` of committed capacity, `spot`, `onDemand`. */
  readonly byLine: readonly {
    readonly agreement: string
    readonly line: string
    readonly kind: string
    readonly hours: number
    readonly amount: number
    /** Of the amount, what is owed whatever is used. */
    readonly owedAnyway: number
  }[]
}

export function summariseSpending({ budgets, charged, portfolio }: RunResult): SpendingSummary | undefined {
  if (!budgets) return undefined
  const { currency, window } = portfolio
  const sumOf = (charges: readonly Charge[], part: (charge: Charge) => Money): number =>
    toUnits(total([nothing(currency), ...charges.map(part)], currency))
  const used = chargesWithin(charged.charges, window).filter(
    ({ kind, start }) => (kind === 'use' || kind === 'spot' || kind === 'onDemand') && start >= window.start,
  )
  return {
    budgets: budgets.map(({ budgetId, kind, start, until, amount, spent }) => ({
      id: budgetId,
      kind,
      start: formatInstant(start),
      until: formatInstant(until),
      amount: toUnits(amount),
      spent: toUnits(spent),
    })),
    byLine: [...groupBy(used, ({ agreementId, lineId = '' }) => `${agreementId}/${lineId}`).values()].map(
      (charges) => {
        const [{ agreementId, lineId = '', kind }] = charges as [Charge, ...Charge[]]
        const time = charges.reduce(
          (sum, { used: each }) => addTime(sum, each ?? (0n as AcceleratorMs)),
          0n as AcceleratorMs,
        )
        return {
          agreement: agreementId,
          line: lineId,
          kind,
          hours: toHours(time),
          amount: sumOf(charges, ({ amount }) => amount),
          owedAnyway: sumOf(charges, ({ owedAnyway }) => owedAnyway),
        }
      },
    ),
  }
}
