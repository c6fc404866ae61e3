import { formatCount } from '@offtake/contract/text/format-number'
import { sumColumn } from '@offtake/contract/text/money-text'
import type { Agreement, Layer } from '@offtake/core/agreements/agreement'
import type { Standing } from '@offtake/core/agreements/standing'
import { type Money, toUnits } from '@offtake/core/base/money'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { marked } from '../../text/figure-text.ts'
import { standingText } from '../../text/standing-text.ts'
import { amountText } from '../amount-text.ts'
import type { BarChart, Colour } from '../chart.ts'
import { numbers, type Section, type TitledTable, words } from '../section.ts'

const LAYERS: readonly Layer[] = ['power', 'hardware', 'cloud']
const LAYER_NAMES: Readonly<Record<Layer, string>> = { power: 'power', hardware: 'chips', cloud: 'cloud' }

const STANDINGS: readonly {
  readonly kind: Standing['kind']
  readonly name: string
  readonly colour: Colour
}[] = [
  { kind: 'counted', name: 'binding and counted', colour: 'accent' },
  { kind: 'overlapping', name: 'binding, but overlaps one that is counted', colour: 'soft' },
  { kind: 'notBinding', name: 'not binding', colour: 'faint' },
  { kind: 'contingent', name: 'contingent', colour: 'mild' },
  { kind: 'draft', name: 'draft', colour: 'quiet' },
]

/** Sums that stand beside each other: power, chips and cloud are layers of the same accelerators. */
export function overlapsSection(result: RunResult): Section {
  const { obligations, portfolio } = result
  const unit = { kind: 'money', currency: portfolio.currency } as const
  const { counted, overlapping, notBinding, contingent } = obligations
  const rows = rowsOf(result)
  const section = { id: 'overlaps', topic: 'Overlaps' }
  if (rows.every(({ standing }) => standing.kind === 'counted'))
    return {
      ...section,
      heading: 'No agreement overlaps another, and all of them bind',
      tables: [{ ...tableOf(rows, portfolio.currency), title: 'Every agreement' }],
    }
  const sum = (of: Money): string => amountText(toUnits(of), unit)
  const besides = [
    overlapping.total.micros > 0n ? `${sum(overlapping.total)} that overlap it` : '',
    notBinding.total.micros > 0n ? `${sum(notBinding.total)} that bind nobody` : '',
    contingent.total.micros > 0n ? `${sum(contingent.total)} that hang on an event` : '',
  ].filter((part) => part !== '')
  return {
    ...section,
    heading:
      besides.length > 0
        ? `No part of the ${sum(counted.total)} owed: ${besides.join(', ')}`
        : 'Some agreements stand beside what is owed, with no sum that is known',
    text: 'Power, chips and cloud service are layers of the same accelerators: their sums must not be added. Of agreements that overlap, one is counted: cloud before chips before power, then the one signed first. Bars show each agreement’s whole stated sum.',
    chart: chartOf(rows, portfolio.currency),
    tables: [tableOf(rows, portfolio.currency)],
  }
}

interface Row {
  readonly agreement: Agreement
  readonly standing: Standing
}

/** By layer, in it by standing, the largest sum first. */
function rowsOf({ portfolio, standings }: RunResult): Row[] {
  const rank = ({ agreement, standing }: Row): number =>
    LAYERS.indexOf(agreement.layer) * STANDINGS.length +
    STANDINGS.findIndex(({ kind }) => kind === standing.kind)
  return portfolio.agreements
    .map((agreement): Row => ({ agreement, standing: standings.get(agreement.id) ?? { kind: 'draft' } }))
    .sort((a, b) => rank(a) - rank(b) || sumOf(b) - sumOf(a))
}

function sumOf({ agreement: { commitment } }: Row): number {
  return commitment ? toUnits(commitment.total.value) : 0
}

function chartOf(rows: readonly Row[], currency: string): BarChart {
  return {
    kind: 'bars',
    unit: { kind: 'money', currency },
    direction: 'rows',
    isStacked: true,
    categories: rows.map(({ agreement: { id, layer } }) => `${LAYER_NAMES[layer]} · ${id}`),
    bars: STANDINGS.filter(({ kind }) => rows.some(({ standing }) => standing.kind === kind)).map(
      ({ kind, name, colour }) => ({
        name,
        colour,
        values: rows.map((row) => (row.standing.kind === kind ? sumOf(row) : 0)),
      }),
    ),
    remarks: rows.map((row) => remarkOf(row, currency)),
  }
}

function remarkOf(row: Row, currency: string): string {
  const { powerMw, commitment } = row.agreement
  const power = powerMw ? `${formatCount(powerMw.value)} MW` : ''
  if (!commitment) return power === '' ? 'no sum is known' : `${power}, no sum is known`
  const sum = amountText(sumOf(row), { kind: 'money', currency })
  return power === '' ? sum : `${sum}, ${power}`
}

function tableOf(rows: readonly Row[], currency: string): TitledTable {
  const column = sumColumn(
    rows.flatMap(({ agreement: { commitment } }) => (commitment ? [commitment.total.value] : [])),
    currency,
  )
  return {
    title: 'The same in numbers',
    columns: [
      ...words('agreement', 'layer', 'instrument', 'standing'),
      ...numbers(`sum, ${column.unit} (~ assumed)`, 'MW'),
      ...words('because'),
    ],
    rows: rows.map(({ agreement, standing }) => [
      agreement.id,
      LAYER_NAMES[agreement.layer],
      agreement.instrument,
      standingText(standing),
      agreement.commitment ? marked(agreement.commitment.total, column.text) : '–',
      agreement.powerMw ? formatCount(agreement.powerMw.value) : '–',
      agreement.overlaps.map(({ because }) => because).join('; '),
    ]),
  }
}
