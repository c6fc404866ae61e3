import { sumColumn } from '@offtake/contract/text/money-text'
import { groupBy } from '@offtake/core/base/group'
import { formatDate } from '@offtake/core/base/instant'
import { type Money, total, toUnits } from '@offtake/core/base/money'
import { type BurnDown, burnDown } from '@offtake/core/cost/burn-down'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { amountText } from '../amount-text.ts'
import type { BarChart } from '../chart.ts'
import { dateText } from '../date-text.ts'
import { numbers, type Section, type TitledTable, words } from '../section.ts'

/** How far each commitment is used up at the window's end, and what will have to be paid for what is not. */
export function burnDownSection({ charged, portfolio }: RunResult): Section {
  const { currency, window } = portfolio
  const unit = { kind: 'money', currency } as const
  const intervals = burnDown(charged.settlements, charged.charges, window.until)
  const section = { id: 'burn-down', topic: 'Burn-down of commitments' }
  if (intervals.length === 0) return { ...section, heading: 'No agreement commits to a sum' }
  const rows = [...groupBy(intervals, ({ agreementId }) => agreementId)]
    .map(([agreementId, own]) => rowOf(agreementId, own, currency))
    .sort((a, b) => b.committed - a.committed)
  const sumOf = (of: (row: Row) => number): number => rows.reduce((sum, row) => sum + of(row), 0)
  const trueUp = sumOf(({ trueUp: missing }) => missing)
  return {
    ...section,
    heading:
      trueUp > 0
        ? `${amountText(trueUp, unit)} of ${amountText(
            sumOf(({ committed }) => committed),
            unit,
          )} committed would be paid as true-ups, for use that does not come`
        : `Projected use meets all ${amountText(
            sumOf(({ committed }) => committed),
            unit,
          )} committed: no true-up`,
    text: `Each bar is one agreement’s commitment over its whole term: what is bought by ${dateText(window.until)}, what further use would buy if pools stay as busy as they were, and what would be left to pay at the ends of its intervals without being used, the true-up.`,
    chart: chartOf(rows, currency),
    tables: [agreementsTable(rows, currency), intervalsTable(intervals, currency)],
  }
}

interface Row {
  readonly agreementId: string
  readonly committed: number
  readonly consumed: number
  readonly projected: number
  readonly trueUp: number
}

function rowOf(agreementId: string, intervals: readonly BurnDown[], currency: string): Row {
  const sum = (of: (interval: BurnDown) => Money): number => toUnits(total(intervals.map(of), currency))
  const consumed = sum((interval) => interval.consumed)
  return {
    agreementId,
    committed: sum(({ committed }) => committed),
    consumed,
    projected: sum(({ forecast }) => forecast) - consumed,
    trueUp: sum(({ trueUp }) => trueUp),
  }
}

function chartOf(rows: readonly Row[], currency: string): BarChart {
  const share = (part: number, { committed }: Row): number => (committed > 0 ? part / committed : 0)
  return {
    kind: 'bars',
    unit: { kind: 'share' },
    direction: 'rows',
    isStacked: true,
    categories: rows.map(({ agreementId }) => agreementId),
    bars: [
      { name: 'bought so far', colour: 'accent', values: rows.map((row) => share(row.consumed, row)) },
      { name: 'projected', colour: 'soft', values: rows.map((row) => share(row.projected, row)) },
      { name: 'true-up', colour: 'warn', values: rows.map((row) => share(row.trueUp, row)) },
    ],
    remarks: rows.map(({ committed }) => `of ${amountText(committed, { kind: 'money', currency })}`),
  }
}

function agreementsTable(rows: readonly Row[], currency: string): TitledTable {
  const text = (value: number): string => amountText(value, { kind: 'money', currency })
  return {
    title: 'The same in numbers',
    columns: [
      ...words('agreement'),
      ...numbers('committed', 'bought so far', 'projected further', 'true-up'),
    ],
    rows: rows.map(({ agreementId, committed, consumed, projected, trueUp }) => [
      agreementId,
      ...[committed, consumed, projected, trueUp].map(text),
    ]),
  }
}

function intervalsTable(intervals: readonly BurnDown[], currency: string): TitledTable {
  const column = sumColumn(
    intervals.map(({ committed }) => committed),
    currency,
  )
  return {
    title: 'Interval by interval',
    columns: [
      ...words('agreement', 'from', 'until'),
      ...numbers(`committed, ${column.unit}`, 'owed', 'bought so far', 'projected in all', 'true-up'),
      ...words('projection is'),
    ],
    rows: intervals.map(
      ({ agreementId, start, until, committed, owed, consumed, forecast, trueUp, basis }) => [
        agreementId,
        formatDate(start),
        formatDate(until),
        ...[committed, owed, consumed, forecast, trueUp].map(column.text),
        basis,
      ],
    ),
  }
}
