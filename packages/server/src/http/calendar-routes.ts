import { showAgreementCalendar, showCalendar } from '@offtake/contract/api/calendar-routes'
import { calendarItems } from '../portfolio/calendar-view.ts'
import type { PortfolioReader } from '../portfolio/portfolio-reader.ts'
import { notFound } from '../problem.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { pageOfList } from './number-cursor.ts'

/** What is due when. */
export function calendarRoutes(reader: PortfolioReader): Endpoint[] {
  return [
    endpoint(showCalendar, async ({ query: { agreement, kind, ...query } }) => {
      const read = await reader.read()
      const items = read ? calendarItems(read.portfolio, query) : []
      const found = items.filter(
        (item) =>
          (agreement === undefined || item.agreement === agreement) &&
          (kind === undefined || item.kind === kind),
      )
      return { body: pageOfList(found, query) }
    }),
    endpoint(showAgreementCalendar, async ({ params: { id }, query }) => {
      const read = await reader.read()
      if (!read?.portfolio.agreements.some((agreement) => agreement.id === id))
        throw notFound('agreement', id)
      return { body: pageOfList(calendarItems(read.portfolio, { ...query, agreement: id }), query) }
    }),
  ]
}
