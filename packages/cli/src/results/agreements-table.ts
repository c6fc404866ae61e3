import type { Agreement } from '@offtake/core/agreements/agreement'
import type { Standing } from '@offtake/core/agreements/standing'
import { currentTerm } from '@offtake/core/agreements/term'
import type { Figure } from '@offtake/core/base/figure'
import { nothing } from '@offtake/core/base/money'
import { chargedBy } from '@offtake/core/cost/charge'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { type CsvTable, dateCell, moneyCell, plainText, shareCell } from './csv-table.ts'

const COLUMNS = [
  'id',
  'title',
  'provider',
  'buyer',
  'instrument',
  'layer',
  'binding',
  'status',
  'standing',
  'overlapsWith',
  'signed',
  'start',
  'startProvenance',
  'until',
  'untilProvenance',
  'currency',
  'committed',
  'committedProvenance',
  'interval',
  'takeOrPay',
  'takeOrPayProvenance',
  'powerMw',
  'accelerators',
  'charged',
  'owed',
]

/** One row for each agreement; `charged` over its whole term, `owed` from the as-of date on. */
export function agreementsTable(result: RunResult): CsvTable {
  const { portfolio, standings, charged, obligations } = result
  const sums = chargedBy(charged.charges, portfolio.currency, ({ agreementId }) => agreementId)
  const owed = new Map(
    [
      obligations.counted,
      obligations.overlapping,
      obligations.notBinding,
      obligations.contingent,
      obligations.draft,
    ].flatMap(({ byAgreement }) => byAgreement.map(({ agreementId, total }) => [agreementId, total])),
  )
  return {
    columns: COLUMNS,
    rows: portfolio.agreements.map((agreement) => [
      ...whatItIs(agreement, standings.get(agreement.id) ?? { kind: 'draft' }),
      ...whatItPromises(agreement),
      moneyCell(sums.get(agreement.id) ?? nothing(portfolio.currency)),
      moneyCell(owed.get(agreement.id)),
    ]),
  }
}

function whatItIs(agreement: Agreement, standing: Standing): CsvTable['rows'][number] {
  const { id, title, provider, buyer, instrument, layer, binding, status, signed, term } = agreement
  const { start, until } = currentTerm(agreement)
  return [
    id,
    plainText(title),
    plainText(provider),
    plainText(buyer),
    instrument,
    layer,
    binding,
    status,
    standing.kind,
    standing.kind === 'overlapping' ? standing.with.join(' ') : undefined,
    dateCell(signed),
    dateCell(start),
    kindOf(term.start),
    dateCell(until),
    kindOf(term.until),
  ]
}

function whatItPromises({ currency, commitment, powerMw, lines }: Agreement): CsvTable['rows'][number] {
  return [
    currency,
    moneyCell(commitment?.total.value),
    kindOf(commitment?.total),
    commitment?.interval,
    shareCell(commitment?.takeOrPay.value),
    kindOf(commitment?.takeOrPay),
    powerMw?.value,
    lines.flatMap(({ tranches }) => tranches).reduce((sum, { accelerators }) => sum + accelerators.value, 0),
  ]
}

function kindOf(figure: Figure<unknown> | undefined): string | undefined {
  return figure?.provenance.kind
}
