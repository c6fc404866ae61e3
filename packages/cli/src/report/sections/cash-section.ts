import { sumColumn } from '@offtake/contract/text/money-text'
import { formatMonth } from '@offtake/core/base/instant'
import { toUnits } from '@offtake/core/base/money'
import type { CashMonth } from '@offtake/core/finance/cash'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { amountText } from '../amount-text.ts'
import type { BarChart } from '../chart.ts'
import { monthText, shortMonthText } from '../date-text.ts'
import { numbers, type Section, type TitledTable, words } from '../section.ts'

/** When the money leaves, month by month, against a twelfth of the year's revenue. */
export function cashSection({ cash, portfolio: { currency } }: RunResult): Section {
  const unit = { kind: 'money', currency } as const
  const paid = cash.months.filter(({ out }) => out.micros !== 0n)
  const section = { id: 'cash', topic: 'Cash out' }
  const [most] = [...paid].sort((a, b) => Number(b.out.micros - a.out.micros))
  if (!most) return { ...section, heading: 'Nothing is paid within the horizon' }
  const outside = toUnits(cash.before) + toUnits(cash.after)
  return {
    ...section,
    heading: `Cash out peaks at ${amountText(toUnits(most.out), unit)} in ${monthText(most.start)}`,
    text: `Bills when they are due under their payment terms, prepayments when they are paid, true-ups as projected use leaves them.${outside === 0 ? '' : ` ${amountText(outside, unit)} fall outside the horizon.`}`,
    chart: chartOf(cash.months, currency),
    tables: [tableOf(cash.months, currency)],
  }
}

function chartOf(months: readonly CashMonth[], currency: string): BarChart {
  const isRevenueKnown = months.some(({ revenue }) => revenue)
  return {
    kind: 'bars',
    unit: { kind: 'money', currency },
    direction: 'columns',
    isStacked: false,
    categories: months.map(({ start }) => monthText(start)),
    labels: labelsOf(months),
    bars: [{ name: 'cash out', colour: 'accent', values: months.map(({ out }) => toUnits(out)) }],
    ...(isRevenueKnown
      ? {
          line: {
            name: 'revenue, a twelfth of the year’s',
            colour: 'ink',
            dashed: true,
            values: months.map(({ revenue }) => (revenue ? toUnits(revenue) : null)),
          },
        }
      : {}),
  }
}

/** Over a few years every January, else every quarter. */
function labelsOf(months: readonly CashMonth[]): string[] {
  const isLong = months.length > 30
  return months.map(({ month, start }) => {
    if (isLong) return month.endsWith('-01') ? month.slice(0, 4) : ''
    return /-(01|04|07|10)$/.test(month) ? shortMonthText(start) : ''
  })
}

function tableOf(months: readonly CashMonth[], currency: string): TitledTable {
  const column = sumColumn(
    months.flatMap(({ out, revenue }) => [out, ...(revenue ? [revenue] : [])]),
    currency,
  )
  return {
    title: 'The same in numbers',
    columns: [...words(`month, ${column.unit}`), ...numbers('cash out', 'revenue', 'revenue less cash out')],
    rows: months.map(({ start, out, revenue, net }) => [
      formatMonth(start),
      column.text(out),
      revenue ? column.text(revenue) : '–',
      net ? column.text(net) : '–',
    ]),
  }
}
