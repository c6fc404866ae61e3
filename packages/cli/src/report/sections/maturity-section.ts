import { sumColumn } from '@offtake/contract/text/money-text'
import { toUnits } from '@offtake/core/base/money'
import type { Maturities } from '@offtake/core/finance/obligation-summary'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { mayEndTexts } from '../../text/may-end-text.ts'
import { amountText } from '../amount-text.ts'
import type { Unit } from '../chart.ts'
import { dateText } from '../date-text.ts'
import { type ProviderPalette, providerSeries } from '../provider-palette.ts'
import { numbers, type Section, words } from '../section.ts'

const PERIODS = ['under 1 y', '1–3 y', '3–5 y', 'over 5 y']

/** What is owed whatever happens, by how far away it is and by provider: the form in which companies disclose it. */
export function maturitySection({ obligations, portfolio }: RunResult, palette: ProviderPalette): Section {
  const { counted, asOf } = obligations
  const unit = { kind: 'money', currency: portfolio.currency } as const
  const section = { id: 'maturities', topic: 'Obligations by maturity' }
  if (counted.total.micros === 0n) return { ...section, heading: `Nothing is owed from ${dateText(asOf)} on` }
  const byProvider = new Map(counted.byProvider.map((row) => [row.provider, periodsOf(row).map(toUnits)]))
  const column = sumColumn([counted.total], portfolio.currency)
  return {
    ...section,
    heading: headingOf(counted, unit),
    text: [
      `What must be paid from ${dateText(asOf)} on whether it is used or not, under binding agreements, each accelerator counted once.`,
      ...mayEndTexts(counted),
    ].join(' '),
    chart: {
      kind: 'bars',
      unit,
      direction: 'columns',
      isStacked: true,
      categories: PERIODS,
      bars: providerSeries(palette, (provider) => byProvider.get(provider) ?? PERIODS.map(() => 0)),
      remarks: periodsOf(counted).map((sum) =>
        sum.micros === 0n ? 'nothing' : amountText(toUnits(sum), unit),
      ),
    },
    tables: [
      {
        title: 'The same in numbers',
        columns: [...words(column.unit), ...numbers(...PERIODS, 'total')],
        rows: [
          ...counted.byProvider.map((row) => [
            row.provider,
            ...[...periodsOf(row), row.total].map(column.text),
          ]),
          ['all', ...[...periodsOf(counted), counted.total].map(column.text)],
        ],
      },
    ],
  }
}

function headingOf({ total, under1y }: Maturities, unit: Unit): string {
  const whole = amountText(toUnits(total), unit)
  if (under1y.micros === total.micros) return `All of the ${whole} owed falls due within a year`
  return `${amountText(toUnits(under1y), unit)} of the ${whole} owed falls due within a year`
}

function periodsOf({ under1y, from1to3y, from3to5y, over5y }: Maturities) {
  return [under1y, from1to3y, from3to5y, over5y]
}
