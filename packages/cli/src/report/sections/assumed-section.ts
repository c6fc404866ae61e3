import { formatCount } from '@offtake/contract/text/format-number'
import { sumColumn } from '@offtake/contract/text/money-text'
import type { Provenance } from '@offtake/core/base/figure'
import { groupBy } from '@offtake/core/base/group'
import { type Money, total, toUnits } from '@offtake/core/base/money'
import { WHOLE } from '@offtake/core/base/quantity'
import type { Owed } from '@offtake/core/finance/owed'
import type { RegisteredFigure } from '@offtake/core/simulation/portfolio'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { provenanceBasis } from '../../text/figure-text.ts'
import { amountText } from '../amount-text.ts'
import type { BarChart } from '../chart.ts'
import { type Html, html } from '../html.ts'
import { numbers, type Section, type TitledTable, words } from '../section.ts'

const MARKS: Readonly<Record<Provenance['kind'], string>> = { stated: '●', derived: '◐', assumed: '○' }
const ORDER: readonly Provenance['kind'][] = ['assumed', 'derived', 'stated']

/** How much of what is owed rests on assumed figures, and every figure that says where it comes from. */
export function assumedSection({ obligations: { counted }, portfolio }: RunResult): Section {
  const share = (part: number): string => amountText(part / WHOLE, { kind: 'share' })
  const { figures, currency } = portfolio
  const count = (kind: Provenance['kind']): string =>
    formatCount(figures.filter(({ provenance }) => provenance.kind === kind).length)
  const isOwed = counted.total.micros > 0n
  const rows = rowsOf(counted.pieces, currency)
  return {
    id: 'assumed',
    topic: 'What rests on assumptions',
    heading: isOwed
      ? headingOf(share(counted.assumedAmount), share(counted.assumedAmountOrTiming))
      : `${count('assumed')} figures are assumed`,
    text: `Of the portfolio’s figures that say where they come from, ${count('stated')} are stated by a source, ${count('derived')} derived by a rule and ${count('assumed')} assumed for a reason.`,
    ...(isOwed ? { chart: chartOf(rows, currency) } : {}),
    tables: [...(isOwed ? [sumsTable(rows, currency)] : []), figuresTable(figures)],
  }
}

function headingOf(amounts: string, either: string): string {
  const whole = amountText(1, { kind: 'share' })
  if (amounts === whole) return 'All of what is owed rests on assumed amounts'
  const second = either === whole ? 'all of it' : either
  return `${amounts} of what is owed rests on assumed amounts, ${second} on assumed amounts or dates`
}

/** What is owed under one agreement, by what it rests on. */
interface Row {
  readonly agreementId: string
  readonly nothing: Money
  readonly dates: Money
  readonly amount: Money
  readonly whole: Money
}

function rowsOf(pieces: readonly Owed[], currency: string): Row[] {
  const sumOf = (some: readonly Owed[]): Money =>
    total(
      some.map(({ amount }) => amount),
      currency,
    )
  return [...groupBy(pieces, ({ agreementId }) => agreementId)]
    .map(([agreementId, own]) => ({
      agreementId,
      nothing: sumOf(own.filter((piece) => !piece.amountAssumed && !piece.timingAssumed)),
      dates: sumOf(own.filter((piece) => !piece.amountAssumed && piece.timingAssumed)),
      amount: sumOf(own.filter(({ amountAssumed }) => amountAssumed)),
      whole: sumOf(own),
    }))
    .sort((a, b) => Number(b.whole.micros - a.whole.micros))
}

const BASES = [
  { key: 'nothing', name: 'nothing assumed', colour: 'accent' },
  { key: 'dates', name: 'dates assumed', colour: 'soft' },
  { key: 'amount', name: 'amount assumed', colour: 'warn' },
] as const

function chartOf(rows: readonly Row[], currency: string): BarChart {
  const unit = { kind: 'money', currency } as const
  return {
    kind: 'bars',
    unit,
    direction: 'rows',
    isStacked: true,
    categories: rows.map(({ agreementId }) => agreementId),
    bars: BASES.map(({ key, name, colour }) => ({
      name,
      colour,
      values: rows.map((row) => toUnits(row[key])),
    })),
    remarks: rows.map(({ whole }) => amountText(toUnits(whole), unit)),
  }
}

function sumsTable(rows: readonly Row[], currency: string): TitledTable {
  const column = sumColumn(
    rows.map(({ whole }) => whole),
    currency,
  )
  return {
    title: 'The same in numbers',
    columns: [...words(`agreement, ${column.unit}`), ...numbers(...BASES.map(({ name }) => name), 'owed')],
    rows: rows.map((row) => [
      row.agreementId,
      ...BASES.map(({ key }) => column.text(row[key])),
      column.text(row.whole),
    ]),
  }
}

/** The assumed ones first: they are what a reader should look at. */
function figuresTable(figures: readonly RegisteredFigure[]): TitledTable {
  const sorted = [...figures].sort(
    (a, b) => ORDER.indexOf(a.provenance.kind) - ORDER.indexOf(b.provenance.kind),
  )
  return {
    title: `All ${figures.length} figures and where they come from`,
    columns: words('figure', 'value', 'provenance', 'source, rule or reason'),
    rows: sorted.map(({ file, field, written, provenance }) => [
      html`${file}<br><span class="soft">${field}</span>`,
      written,
      markOf(provenance),
      provenanceBasis(provenance),
    ]),
  }
}

function markOf({ kind }: Provenance): Html {
  return html`<span class="mark ${kind}"><span aria-hidden="true">${MARKS[kind]}</span> ${kind}</span>`
}
