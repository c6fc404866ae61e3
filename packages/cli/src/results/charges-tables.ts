import { formatMonth } from '@offtake/core/base/instant'
import { attributeCharges } from '@offtake/core/cost/attribute'
import { type Charge, chargesWithin, monthOf } from '@offtake/core/cost/charge'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { type CsvTable, dateCell, hoursCell, moneyCell, plainText } from './csv-table.ts'

/** Every invoice line over the whole of every term, and whether it falls within the horizon and the window. */
export function chargesTable({ charged, portfolio }: RunResult): CsvTable {
  const inHorizon = new Set(chargesWithin(charged.charges, portfolio.horizon))
  const inWindow = new Set(chargesWithin(charged.charges, portfolio.window))
  return {
    columns: [
      'month',
      'start',
      'until',
      'agreement',
      'provider',
      'line',
      'pool',
      'kind',
      'paidHours',
      'usedHours',
      'amount',
      'owedAnyway',
      'currency',
      'basis',
      'termsAssumed',
      'inHorizon',
      'inWindow',
    ],
    rows: charged.charges.map((charge) => [
      ...identityOf(charge),
      charge.time === undefined ? undefined : hoursCell(charge.time),
      charge.used === undefined ? undefined : hoursCell(charge.used),
      moneyCell(charge.amount),
      moneyCell(charge.owedAnyway),
      charge.amount.currency,
      charge.basis,
      charge.termsAssumed,
      inHorizon.has(charge),
      inWindow.has(charge),
    ]),
  }
}

function identityOf(charge: Charge): CsvTable['rows'][number] {
  const { start, until, agreementId, provider, lineId, poolId, kind } = charge
  return [
    formatMonth(monthOf(charge)),
    dateCell(start),
    dateCell(until),
    agreementId,
    plainText(provider),
    lineId,
    poolId === undefined ? undefined : plainText(poolId),
    kind,
  ]
}

/** The charges of the window by who used what they pay for; without a tenant where nobody did. */
export function chargebackTable({ charged, usage, portfolio }: RunResult): CsvTable {
  const attributed = attributeCharges(chargesWithin(charged.charges, portfolio.window), usage)
  return {
    columns: [
      'month',
      'tenant',
      'agreement',
      'line',
      'pool',
      'kind',
      'amount',
      'currency',
      'basis',
      'termsAssumed',
    ],
    rows: attributed.map((part) => [
      formatMonth(part.month),
      part.tenant === undefined ? undefined : plainText(part.tenant),
      part.agreementId,
      part.lineId,
      part.poolId === undefined ? undefined : plainText(part.poolId),
      part.kind,
      moneyCell(part.amount),
      part.amount.currency,
      part.basis,
      part.termsAssumed,
    ]),
  }
}
