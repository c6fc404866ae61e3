import { sumColumn } from '@offtake/contract/text/money-text'
import { isAssumed } from '@offtake/core/base/figure'
import { nothing, toUnits } from '@offtake/core/base/money'
import type { YearCoverage } from '@offtake/core/finance/coverage'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { marked } from '../../text/figure-text.ts'
import { amountText } from '../amount-text.ts'
import type { BarChart } from '../chart.ts'
import { numbers, type Section, type TitledTable, words } from '../section.ts'

/** What is owed in each calendar year against that year's revenue. */
export function yearsSection({ coverage, portfolio: { currency } }: RunResult): Section | undefined {
  if (coverage.length === 0) return undefined
  return {
    id: 'years',
    topic: 'Obligations against revenue',
    heading: headingOf(coverage, currency),
    text: textOf(coverage),
    chart: chartOf(coverage, currency),
    tables: [tableOf(coverage, currency)],
  }
}

function headingOf(coverage: readonly YearCoverage[], currency: string): string {
  const unit = { kind: 'money', currency } as const
  const worst = [...coverage].sort((a, b) => (b.multiple ?? -1) - (a.multiple ?? -1))[0]
  if (worst?.revenue && worst.multiple !== undefined)
    return `In ${worst.year} obligations come to ${multipleText(worst.multiple)} revenue: ${amountText(toUnits(worst.owed), unit)} against ${amountText(toUnits(worst.revenue.value), unit)}`
  const largest = [...coverage].sort((a, b) => Number(b.owed.micros - a.owed.micros))[0]
  return `Obligations are largest in ${largest?.year}, at ${amountText(toUnits(largest?.owed ?? nothing(currency)), unit)}`
}

function textOf(coverage: readonly YearCoverage[]): string {
  const known = coverage.flatMap(({ revenue }) => (revenue ? [revenue] : []))
  if (known.length === 0) return 'The portfolio gives no revenue to set them against.'
  const kinds = (kind: string): number => known.filter(({ provenance }) => provenance.kind === kind).length
  const basis = [
    kinds('stated') > 0 && `stated for ${yearsText(kinds('stated'))}`,
    kinds('derived') > 0 && `derived for ${yearsText(kinds('derived'))}`,
    kinds('assumed') > 0 && `assumed for ${yearsText(kinds('assumed'))}`,
    known.length < coverage.length && `unknown for ${yearsText(coverage.length - known.length)}`,
  ].filter((part) => part !== false)
  return `Below each year, obligations as a multiple of revenue. Revenue is ${basis.join(', ')}. The first year counts from the as-of date on.`
}

function yearsText(count: number): string {
  return count === 1 ? 'one year' : `${count} years`
}

function chartOf(coverage: readonly YearCoverage[], currency: string): BarChart {
  const isKnown = coverage.some(({ revenue }) => revenue)
  return {
    kind: 'bars',
    unit: { kind: 'money', currency },
    direction: 'columns',
    isStacked: false,
    categories: coverage.map(({ year }) => String(year)),
    bars: [
      { name: 'owed', colour: 'accent', values: coverage.map(({ owed }) => toUnits(owed)) },
      ...(isKnown
        ? [
            {
              name: revenueName(coverage),
              colour: 'faint' as const,
              values: coverage.map(({ revenue }) => (revenue ? toUnits(revenue.value) : null)),
            },
          ]
        : []),
    ],
    remarks: coverage.map(({ multiple }) => (multiple === undefined ? '' : timesText(multiple))),
  }
}

function revenueName(coverage: readonly YearCoverage[]): string {
  const known = coverage.flatMap(({ revenue }) => (revenue ? [revenue] : []))
  const assumed = known.filter(isAssumed).length
  if (assumed === 0) return 'revenue'
  return assumed === known.length ? 'revenue, assumed' : 'revenue, partly assumed'
}

function tableOf(coverage: readonly YearCoverage[], currency: string): TitledTable {
  const column = sumColumn(
    coverage.flatMap(({ owed, revenue }) => [owed, ...(revenue ? [revenue.value] : [])]),
    currency,
  )
  return {
    title: 'The same in numbers',
    columns: [...words(`year, ${column.unit}`), ...numbers('owed', 'revenue (~ assumed)', 'owed ÷ revenue')],
    rows: coverage.map(({ year, owed, revenue, multiple }) => [
      String(year),
      column.text(owed),
      revenue ? marked(revenue, column.text) : '–',
      multiple === undefined ? '–' : timesText(multiple),
    ]),
  }
}

function multipleText(multiple: number): string {
  return multiple < 1 ? `${amountText(multiple, { kind: 'share' })} of` : `${multiple.toFixed(2)} times`
}

function timesText(multiple: number): string {
  return `${multiple.toFixed(2)} ×`
}
