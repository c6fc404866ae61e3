import type { ObligationView } from '@offtake/contract/api/finance-routes'
import { groupBy } from '@offtake/core/base/group'
import { formatMonth, type Instant, monthStart } from '@offtake/core/base/instant'
import { formatMoney, total } from '@offtake/core/base/money'
import { monthsOf } from '@offtake/core/base/span'
import type {
  AgreementObligations,
  Maturities,
  ObligationSection,
} from '@offtake/core/finance/obligation-summary'
import { cutAt, type Owed } from '@offtake/core/finance/owed'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import { isoOf } from '../http/iso.ts'

/** What is owed under each agreement of a section, month by month, the largest first. */
export function obligationViews(
  { byAgreement, pieces }: ObligationSection,
  portfolio: Portfolio,
): ObligationView[] {
  const titles = new Map(portfolio.agreements.map(({ id, title }) => [id, title]))
  const byId = groupBy(pieces, ({ agreementId }) => agreementId)
  return byAgreement.map((row) => ({
    agreement: row.agreementId,
    title: titles.get(row.agreementId) ?? row.agreementId,
    provider: row.provider,
    standing: row.standing.kind,
    quantified: row.isQuantified,
    ...maturityView(row),
    mayEnd: mayEndView(row),
    months: byMonth(byId.get(row.agreementId) ?? []),
  }))
}

export function maturityView({ total: all, under1y, from1to3y, from3to5y, over5y }: Maturities) {
  return {
    total: formatMoney(all),
    under1y: formatMoney(under1y),
    from1to3y: formatMoney(from1to3y),
    from3to5y: formatMoney(from3to5y),
    over5y: formatMoney(over5y),
  }
}

function mayEndView({ mayEnd }: AgreementObligations): ObligationView['mayEnd'] {
  return mayEnd
    ? { from: isoOf(mayEnd.start), until: isoOf(mayEnd.until), owed: formatMoney(mayEnd.owed) }
    : null
}

/** Sums that stretch over several months are split by time, to the micro-unit. */
function byMonth(pieces: readonly Owed[]): ObligationView['months'] {
  const [first] = pieces
  if (!first) return []
  const { currency } = first.amount
  const months = groupBy(cutAt(pieces, monthsTouched(pieces)), ({ start }) => monthStart(start))
  return [...months]
    .sort(([a], [b]) => a - b)
    .map(([month, owed]) => ({
      month: formatMonth(month),
      amount: formatMoney(
        total(
          owed.map(({ amount }) => amount),
          currency,
        ),
      ),
      assumed: owed.some(({ amountAssumed, timingAssumed }) => amountAssumed || timingAssumed),
    }))
}

function monthsTouched(pieces: readonly Owed[]): Instant[] {
  let { start, until } = pieces[0] as Owed
  for (const piece of pieces) {
    if (piece.start < start) start = piece.start
    if (piece.until > until) until = piece.until
  }
  return monthsOf({ start, until }).map((month) => month.start)
}
