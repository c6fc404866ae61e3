import { formatMonth } from '@offtake/core/base/instant'
import { burnDown } from '@offtake/core/cost/burn-down'
import { maturityAt } from '@offtake/core/finance/obligation-summary'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { type CsvTable, dateCell, moneyCell, plainText } from './csv-table.ts'

const SECTIONS = ['counted', 'overlapping', 'notBinding', 'contingent', 'draft'] as const

/** What is owed from the as-of date on, piece by piece; only `counted` pieces may be added up to what is owed. */
export function obligationsTable({ obligations }: RunResult): CsvTable {
  const { asOf, currency } = obligations
  return {
    columns: [
      'standing',
      'agreement',
      'provider',
      'for',
      'start',
      'until',
      'maturity',
      'amount',
      'currency',
      'amountAssumed',
      'timingAssumed',
    ],
    rows: SECTIONS.flatMap((section) =>
      obligations[section].pieces.map((piece) => [
        section,
        piece.agreementId,
        plainText(piece.provider),
        piece.for,
        dateCell(piece.start),
        dateCell(piece.until),
        maturityAt(piece.start, asOf),
        moneyCell(piece.amount),
        currency,
        piece.amountAssumed,
        piece.timingAssumed,
      ]),
    ),
  }
}

/** Money out by calendar month over the horizon, against revenue where a figure is known. */
export function cashTable({ cash, portfolio: { currency } }: RunResult): CsvTable {
  return {
    columns: ['month', 'start', 'until', 'out', 'revenue', 'net', 'currency'],
    rows: cash.months.map(({ month, start, until, out, revenue, net }) => [
      month,
      dateCell(start),
      dateCell(until),
      moneyCell(out),
      moneyCell(revenue),
      moneyCell(net),
      currency,
    ]),
  }
}

/** Every interval of every commitment as it looks at the end of the window. */
export function burnDownTable({ charged, portfolio }: RunResult): CsvTable {
  const { currency, window } = portfolio
  return {
    columns: [
      'agreement',
      'start',
      'until',
      'committed',
      'owed',
      'carriedIn',
      'consumed',
      'consumedBasis',
      'remaining',
      'forecast',
      'trueUp',
      'currency',
      'basis',
      'termsAssumed',
    ],
    rows: burnDown(charged.settlements, charged.charges, window.until).map((interval) => [
      interval.agreementId,
      dateCell(interval.start),
      dateCell(interval.until),
      moneyCell(interval.committed),
      moneyCell(interval.owed),
      moneyCell(interval.carriedIn),
      moneyCell(interval.consumed),
      interval.consumedBasis,
      moneyCell(interval.remaining),
      moneyCell(interval.forecast),
      moneyCell(interval.trueUp),
      currency,
      interval.basis,
      interval.termsAssumed,
    ]),
  }
}

/** How bills draw each agreement's prepayment down, month by month until it is used up. */
export function prepaymentsTable({ prepaid }: RunResult): CsvTable {
  return {
    columns: ['agreement', 'month', 'drawn', 'left', 'currency'],
    rows: prepaid.flatMap(({ agreementId, byMonth }) =>
      byMonth.map(({ month, drawn, left }) => [
        agreementId,
        formatMonth(month),
        moneyCell(drawn),
        moneyCell(left),
        drawn.currency,
      ]),
    ),
  }
}
