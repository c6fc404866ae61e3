import type { CommitmentView } from '@offtake/contract/api/finance-routes'
import type { Instant } from '@offtake/core/base/instant'
import { formatMoney } from '@offtake/core/base/money'
import { type BurnDown, burnDown } from '@offtake/core/cost/burn-down'
import type { ChargedPortfolio } from '@offtake/core/cost/charges'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import { isoOf } from '../http/iso.ts'

/** Every interval of every commitment as it looks at the moment, in order of agreement and time. */
export function commitmentViews(
  { agreements }: Portfolio,
  { settlements, charges }: Pick<ChargedPortfolio, 'settlements' | 'charges'>,
  at: Instant,
): CommitmentView[] {
  const known = new Map(agreements.map((agreement) => [agreement.id, agreement]))
  const seen = new Map<string, number>()
  return burnDown(settlements, charges, at)
    .toSorted((a, b) =>
      a.agreementId === b.agreementId ? a.start - b.start : a.agreementId < b.agreementId ? -1 : 1,
    )
    .map((interval) => {
      const { agreementId } = interval
      const number = (seen.get(agreementId) ?? 0) + 1
      seen.set(agreementId, number)
      const { title = agreementId, provider = '' } = known.get(agreementId) ?? {}
      return { agreement: agreementId, title, provider, interval: number, ...viewOf(interval, at) }
    })
}

function viewOf(
  interval: BurnDown,
  at: Instant,
): Omit<CommitmentView, 'agreement' | 'title' | 'provider' | 'interval'> {
  const { start, until, committed, owed, carriedIn, consumed, consumedBasis, remaining, forecast, trueUp } =
    interval
  return {
    start: isoOf(start),
    until: isoOf(until),
    state: until <= at ? 'past' : start <= at ? 'current' : 'coming',
    committed: formatMoney(committed),
    owed: formatMoney(owed),
    carriedIn: formatMoney(carriedIn),
    used: formatMoney(consumed),
    usedBasis: consumedBasis,
    remaining: formatMoney(remaining),
    foreseen: formatMoney(forecast),
    trueUp: formatMoney(trueUp),
    basis: interval.basis,
    termsAssumed: interval.termsAssumed,
    course: interval.course.map((point) => ({
      at: isoOf(point.at),
      remaining: formatMoney(point.remaining),
      basis: point.basis,
    })),
  }
}
