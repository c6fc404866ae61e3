import { showCharges, showUsage } from '@offtake/contract/api/usage-routes'
import { instant } from '@offtake/core/base/instant'
import { formatMoney } from '@offtake/core/base/money'
import type { Kysely } from 'kysely'
import type { Reading } from '../access/reading.ts'
import { checkedPortfolio } from '../portfolio/checked-portfolio.ts'
import { currentFiles } from '../portfolio/portfolio-store.ts'
import { notFound } from '../problem.ts'
import type { Tables } from '../store/tables.ts'
import { chargeRowOf, chargesOfMonth } from '../usage/charges.ts'
import { monthOfText, stretchAsked, usageRows } from '../usage/usage-rows.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { isoOf } from './iso.ts'
import { pageOfList } from './number-cursor.ts'

/** What was used live, and what that costs by the portfolio's agreements. */
export function usageRoutes(db: Kysely<Tables>, reading: Reading, clock: () => number): Endpoint[] {
  return [
    endpoint(showUsage, async ({ query, actor }) => {
      const { cursor, limit, from, until, ...rest } = query
      const { by } = rest
      const given = { by, ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) }
      const filter = { ...rest, ...stretchAsked(given, clock()) }
      const rows = await reading.as(actor, (seen) => usageRows(seen, filter))
      return { body: pageOfList(rows, { limit, ...(cursor === undefined ? {} : { cursor }) }) }
    }),
    endpoint(showCharges, async ({ query }) => {
      const set = await currentFiles(db)
      if (set.version === 0) throw notFound('portfolio', 'current')
      const portfolio = checkedPortfolio(set.files, set.digest)
      const { start, until } = monthOfText(query.month)
      const month = { start: instant(start), until: instant(until) }
      const charged = await chargesOfMonth(db, portfolio, month, instant(clock()))
      const { metered, missing, total, charges } = charged
      return {
        body: {
          month: query.month,
          currency: portfolio.currency,
          metered: metered ? { start: isoOf(metered.start), until: isoOf(metered.until) } : null,
          missing: [...missing],
          total: formatMoney(total),
          items: charges.map(chargeRowOf),
        },
      }
    }),
  ]
}
