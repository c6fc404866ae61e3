import { formatCount } from '@offtake/contract/text/format-number'
import { formatDate, type Instant } from '@offtake/core/base/instant'
import { valueAt } from '@offtake/core/base/step-function'
import { shortfallOf } from '@offtake/core/capacity/shortfall'
import { addTimelines, groupTimelines, peakOf } from '@offtake/core/capacity/timeline'
import {
  type Amounts,
  amountsAt,
  type CapacityReport,
  concentrationsOf,
  type QuarterRow,
  quarterRows,
} from './capacity-document.ts'
import { printConcentrations } from './concentration-report.ts'
import type { Output } from './output.ts'
import { outputWidth } from './text/text-width.ts'

/** Capacity by quarter, for a terminal: all together, and apart where that is asked for. */
export function printQuarters(report: CapacityReport, output: Output): void {
  const rows = quarterRows(report)
  output.paragraph(
    `${report.portfolio}: accelerators at the end of each quarter, and what is asked for at most within it`,
  )
  output.print('')
  output.table(
    ['quarter', 'promised', 'delivered', 'late', 'asked for', 'missing'],
    rows.map(({ quarter, end, demandPeak, worstGap }) => [
      quarter,
      ...[end.promised, end.delivered, end.late, demandPeak, worstGap].map(countText),
    ]),
  )
  if (report.by) printGroups(rows, report.by, output)
  printConcentrations('concentration by', concentrationsOf(report.pools, report.horizon), output)
  printNotes(report, output)
}

/** Capacity at a date, for a terminal. */
export function printMoment(report: CapacityReport, at: Instant, output: Output): void {
  const { pools, demand, by = 'pool' } = report
  const whole = amountsAt(addTimelines(pools), at)
  const asked = valueAt(demand.total, at)
  output.print(`${report.portfolio} at ${formatDate(at)}`)
  output.print('')
  output.table(
    [by, 'promised', 'delivered', 'late', 'CPU cores'],
    [
      ...groupTimelines(pools, by).map((group) => [group.key, ...amountTexts(amountsAt(group, at))]),
      ['total', ...amountTexts(whole)],
    ],
  )
  output.print('')
  output.paragraph(
    `Asked for: ${formatCount(asked)} (services ${formatCount(valueAt(demand.services, at))}, workloads ${formatCount(valueAt(demand.workloads, at))}); ` +
      (asked > whole.delivered
        ? `missing: ${formatCount(asked - whole.delivered)}`
        : `to spare: ${formatCount(whole.delivered - asked)}`),
  )
}

const GAP = 2

/** What is delivered, one column for each group; in several tables where the width does not hold them all. */
function printGroups(rows: readonly QuarterRow[], by: string, output: Output): void {
  const keys = rows[0]?.byGroup.map(({ key }) => key) ?? []
  const columns = keys.map((key, i) => {
    const texts = rows.map(({ byGroup }) => countText(byGroup[i]?.delivered ?? 0))
    return { key, texts, width: Math.max(key.length, ...texts.map((text) => text.length)) }
  })
  const room = outputWidth() - 'quarter'.length
  for (let from = 0; from < columns.length; ) {
    let until = from + 1
    let used = (columns[from]?.width ?? 0) + GAP
    for (; until < columns.length; until++) {
      used += (columns[until]?.width ?? 0) + GAP
      if (used > room) break
    }
    const shown = columns.slice(from, until)
    output.print(`\nDelivered by ${by}`)
    output.table(
      ['quarter', ...shown.map(({ key }) => key)],
      rows.map(({ quarter }, row) => [quarter, ...shown.map(({ texts }) => texts[row] ?? '')]),
    )
    from = until
  }
}

function printNotes({ pools, demand, horizon }: CapacityReport, output: Output): void {
  const { delivered } = addTimelines(pools)
  const peak = peakOf(delivered, horizon)
  if (peak) output.note(`Most at once: ${formatCount(peak.accelerators)}, from ${formatDate(peak.at)} on.`)
  const { begins, worst } = shortfallOf(demand.total, delivered, horizon)
  if (begins === undefined || !worst) output.note('Nothing that is asked for is missing.')
  else
    output.note(
      `First missing something on ${formatDate(begins)}; at worst ${formatCount(worst.accelerators)}, on ${formatDate(worst.at)}.`,
    )
}

function amountTexts({ promised, delivered, late, cpuCores }: Amounts): string[] {
  return [promised, delivered, late, cpuCores].map(countText)
}

function countText(count: number): string {
  return count === 0 ? '–' : formatCount(count)
}
