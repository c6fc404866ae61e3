import { formatPercent } from '@offtake/contract/text/format-number'
import { type SumColumn, sumColumn, sumText } from '@offtake/contract/text/money-text'
import { formatDate } from '@offtake/core/base/instant'
import type { Money } from '@offtake/core/base/money'
import { WHOLE } from '@offtake/core/base/quantity'
import type { Maturities, ObligationSummary } from '@offtake/core/finance/obligation-summary'
import { printConcentrations } from './concentration-report.ts'
import type { ObligationsReport } from './obligations-document.ts'
import type { Output } from './output.ts'
import { marked } from './text/figure-text.ts'
import { mayEndTexts } from './text/may-end-text.ts'
import { standingText } from './text/standing-text.ts'
import { fitted, outputWidth } from './text/text-width.ts'

/** What is owed by provider and by year, and what stands beside it, for a terminal. */
export function printObligations(report: ObligationsReport, output: Output): void {
  const { counted, asOf, currency } = report.summary
  const column = sumColumn([counted.total], currency)
  output.paragraph(
    `${report.portfolio} owes ${sumText(counted.total)} from ${formatDate(asOf)} on, whatever happens`,
  )
  output.print('')
  output.table(
    [`by provider, ${column.unit}`, 'total', 'under 1 y', '1–3 y', '3–5 y', 'over 5 y'],
    [
      ...counted.byProvider.map((row) => [row.provider, ...maturityTexts(row, column)]),
      ['total', ...maturityTexts(counted, column)],
    ],
  )
  output.print('')
  printYears(report, column, output)
  printBeside(report.summary, output)
  printConcentrations('concentration by', report.concentrations, output)
  printNotes(report, output)
}

function maturityTexts(
  { total, under1y, from1to3y, from3to5y, over5y }: Maturities,
  column: SumColumn,
): string[] {
  return [total, under1y, from1to3y, from3to5y, over5y].map(column.text)
}

function printYears({ coverage }: ObligationsReport, column: SumColumn, output: Output): void {
  if (coverage.length === 0) return
  output.table(
    [`by year, ${column.unit}`, 'owed', 'revenue', 'owed ÷ revenue'],
    coverage.map(({ year, owed, revenue, multiple }) => [
      String(year),
      column.text(owed),
      revenue ? marked(revenue, column.text) : '–',
      multiple === undefined ? '–' : `${multiple.toFixed(2)} ×`,
    ]),
  )
}

/** Agreements that are no part of the sum: they overlap it, bind nobody, depend on something or are not signed. */
function printBeside(summary: ObligationSummary, output: Output): void {
  const { overlapping, notBinding, contingent, draft, counted } = summary
  const beside = [overlapping, notBinding, contingent, draft].flatMap(({ byAgreement }) => byAgreement)
  const unknown = counted.byAgreement.filter(({ isQuantified }) => !isQuantified)
  if (beside.length + unknown.length === 0) return
  const column = sumColumn(
    beside.map(({ total }) => total),
    summary.currency,
  )
  const rows = [
    ...beside.map(({ agreementId, total, standing, isQuantified }) => [
      agreementId,
      isQuantified ? column.text(total) : '–',
      standingText(standing),
    ]),
    ...unknown.map(({ agreementId }) => [agreementId, '–', 'counted, but no figure is known']),
  ]
  output.print('')
  const table = fitted({ head: [`beside the sum, ${column.unit}`, 'total', 'because'], rows }, outputWidth())
  output.table(table.head, table.rows)
}

function printNotes({ summary, coverage }: ObligationsReport, output: Output): void {
  const { counted } = summary
  if (isOwed(counted.total))
    output.note(
      `${formatPercent(counted.assumedAmount / WHOLE)} of the sum rests on assumed amounts, ${formatPercent(counted.assumedAmountOrTiming / WHOLE)} on assumed amounts or dates.`,
    )
  for (const text of mayEndTexts(counted)) output.note(text)
  const silent = coverage.filter(({ revenue }) => !revenue).map(({ year }) => year)
  if (silent.length > 0) output.note(`No revenue figure for ${yearsText(silent)}.`)
}

function isOwed(sum: Money): boolean {
  return sum.micros > 0n
}

/** `2027–2032, 2034`. */
function yearsText(years: readonly number[]): string {
  const runs: { first: number; last: number }[] = []
  for (const year of years) {
    const run = runs.at(-1)
    if (run && run.last + 1 === year) run.last = year
    else runs.push({ first: year, last: year })
  }
  return runs.map(({ first, last }) => (first === last ? `${first}` : `${first}–${last}`)).join(', ')
}
