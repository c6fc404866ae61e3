import { showCapacity } from '@offtake/contract/api/capacity-routes'
import { listCommitments, listObligations } from '@offtake/contract/api/finance-routes'
import { listMonthlyCharges } from '@offtake/contract/api/usage-routes'
import { type Instant, instant } from '@offtake/core/base/instant'
import { WHOLE } from '@offtake/core/base/quantity'
import { summariseObligations } from '@offtake/core/finance/obligation-summary'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import { capacityViews } from '../portfolio/capacity-view.ts'
import { commitmentViews } from '../portfolio/commitment-view.ts'
import { maturityView, obligationViews } from '../portfolio/obligation-view.ts'
import type { PortfolioReader } from '../portfolio/portfolio-reader.ts'
import { notFound, Problem } from '../problem.ts'
import { type Charged, type ChargedLive, unknownPrice } from '../usage/charged-live.ts'
import { monthlyCharges } from '../usage/charges.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { isoOf } from './iso.ts'
import { pageOfList } from './number-cursor.ts'

export interface FinanceContext {
  readonly reader: PortfolioReader
  readonly charged: ChargedLive
  readonly clock: () => number
}

/** What the portfolio promises, commits to and owes, as the core works it out at this moment. */
export function financeRoutes({ reader, charged, clock }: FinanceContext): Endpoint[] {
  return [
    endpoint(showCapacity, async ({ query }) => {
      const portfolio = await requirePortfolio(reader)
      const { from: start = portfolio.horizon.start, until = portfolio.horizon.until } = query
      if (until <= start) throw wrongOrder()
      const all = capacityViews(portfolio, { start, until })
      const items = all.filter(({ pool }) => query.pool === undefined || pool === query.pool)
      return { body: { from: isoOf(start), until: isoOf(until), items } }
    }),
    endpoint(listCommitments, async ({ query }) => {
      const portfolio = await requirePortfolio(reader)
      const live = await charged.of(portfolio)
      const views = commitmentViews(portfolio, live.charged, live.at).filter(
        ({ agreement, state }) =>
          (query.agreement === undefined || agreement === query.agreement) &&
          (query.state === undefined || state === query.state),
      )
      return { body: { ...liveView(portfolio, live), ...pageOfList(views, query) } }
    }),
    endpoint(listMonthlyCharges, async ({ query: { by } }) => {
      const portfolio = await requirePortfolio(reader)
      const live = await charged.of(portfolio)
      return {
        body: { ...liveView(portfolio, live), ...monthlyCharges(live.charged.charges, portfolio, by) },
      }
    }),
    endpoint(listObligations, async ({ query }) => {
      const portfolio = await requirePortfolio(reader)
      const from = query.from ?? instant(clock())
      const section = obligationsOf(portfolio, from)[query.standing]
      return {
        body: {
          from: isoOf(from),
          currency: portfolio.currency,
          ...maturityView(section),
          assumedShare: section.assumedAmount / WHOLE,
          assumedShareWithDates: section.assumedAmountOrTiming / WHOLE,
          byProvider: section.byProvider.map((row) => ({ provider: row.provider, ...maturityView(row) })),
          ...pageOfList(obligationViews(section, portfolio), query),
        },
      }
    }),
  ]
}

function liveView({ currency }: Portfolio, { at, metered, missing }: Charged) {
  return {
    at: isoOf(at),
    currency,
    metered: metered ? { start: isoOf(metered.start), until: isoOf(metered.until) } : null,
    missing: [...missing],
  }
}

async function requirePortfolio(reader: PortfolioReader): Promise<Portfolio> {
  const read = await reader.read()
  if (!read) throw notFound('portfolio', 'current')
  return read.portfolio
}

function obligationsOf({ agreements, prices, currency }: Portfolio, asOf: Instant) {
  const summary = summariseObligations({ agreements, prices, asOf, currency })
  if (!summary.ok) throw unknownPrice(summary.problems)
  return summary.value
}

function wrongOrder(): Problem {
  const message = 'must come after from'
  return new Problem('malformed', `query.until: ${message}`, [{ path: 'query.until', message }])
}
