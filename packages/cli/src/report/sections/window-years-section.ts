import { formatCount, formatHours, formatPercent } from '@offtake/contract/text/format-number'
import type { RunResult } from '@offtake/core/simulation/run-result'
import type { WindowYear } from '@offtake/core/simulation/window-years'
import { amountText } from '../amount-text.ts'
import type { BarChart } from '../chart.ts'
import { numbers, type Section, type TitledTable, words } from '../section.ts'

/** How the window went year by year; nothing where it lies within one. */
export function windowYearsSection({ years }: RunResult): Section | undefined {
  const [first] = years
  const last = years.at(-1)
  if (!first || !last || first === last) return undefined
  return {
    id: 'window-years',
    topic: 'The window by year',
    heading: headingOf(first, last, years),
    text: 'By calendar year; the first and the last may be parts of one. Waiting counts from submission to the first start, in the year of that start; lost are the accelerator-hours whose work evictions threw away.',
    chart: chartOf(years),
    tables: [tableOf(years)],
  }
}

function headingOf(first: WindowYear, last: WindowYear, years: readonly WindowYear[]): string {
  const gangs = formatCount(sumOf(years, ({ gangs }) => gangs))
  const failures = sumOf(years, ({ nodeFailures }) => nodeFailures)
  const failed = failures > 0 ? ` and ${formatCount(failures)} failures of nodes` : ''
  return `${gangs} gangs${failed} from ${first.year} to ${last.year}; in use ${shareText(first)} of the accelerators in ${first.year}, ${shareText(last)} in ${last.year}`
}

function shareText({ utilisation }: WindowYear): string {
  return amountText(utilisation, { kind: 'share' })
}

function chartOf(years: readonly WindowYear[]): BarChart {
  return {
    kind: 'bars',
    unit: { kind: 'share' },
    direction: 'columns',
    isStacked: false,
    categories: years.map(({ year }) => String(year)),
    bars: [
      {
        name: 'in use, of what is in service',
        colour: 'accent',
        values: years.map((year) => year.utilisation),
      },
    ],
    remarks: years.map(({ gangs }) => `${formatCount(gangs)} gangs`),
  }
}

function tableOf(years: readonly WindowYear[]): TitledTable {
  return {
    title: 'The same in numbers',
    columns: [
      ...words('year'),
      ...numbers('gangs', 'finished', 'median wait', '99 % wait at most', 'in use'),
      ...numbers('failures', 'evictions', 'hours lost'),
    ],
    rows: years.map((year) => [
      String(year.year),
      formatCount(year.gangs),
      formatCount(year.finished),
      formatHours(year.waitHours.p50),
      formatHours(year.waitHours.p99),
      formatPercent(year.utilisation),
      formatCount(year.nodeFailures),
      formatCount(year.evictions),
      formatCount(year.lostHours),
    ]),
  }
}

function sumOf(years: readonly WindowYear[], count: (year: WindowYear) => number): number {
  return years.reduce((sum, year) => sum + count(year), 0)
}
