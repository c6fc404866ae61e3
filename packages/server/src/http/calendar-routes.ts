import {
  readAgreementCalendar,
  readCalendar,
  showAgreementCalendar,
  showCalendar,
} from '@offtake/contract/api/calendar-routes'
import type { FastifyReply } from 'fastify'
import { calendarFile } from '../portfolio/calendar-file.ts'
import { calendarItems } from '../portfolio/calendar-view.ts'
import type { PortfolioReader } from '../portfolio/portfolio-reader.ts'
import { notFound } from '../problem.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { pageOfList } from './number-cursor.ts'

/** What is due when. */
export function calendarRoutes(reader: PortfolioReader, clock: () => number): Endpoint[] {
  const ofAgreement = async (id: string, query: Within) => {
    const read = await reader.read()
    if (!read?.portfolio.agreements.some((agreement) => agreement.id === id)) throw notFound('agreement', id)
    return calendarItems(read.portfolio, { ...query, agreement: id })
  }
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
    endpoint(showAgreementCalendar, async ({ params: { id }, query }) => ({
      body: pageOfList(await ofAgreement(id, query), query),
    })),
    endpoint(readCalendar, async ({ query, raw }) => {
      const read = await reader.read()
      const items = read ? calendarItems(read.portfolio, query) : []
      return { body: asFile(raw.reply, calendarFile(read?.portfolio.name ?? 'Offtake', items, clock())) }
    }),
    endpoint(readAgreementCalendar, async ({ params: { id }, query, raw }) => ({
      body: asFile(raw.reply, calendarFile(id, await ofAgreement(id, query), clock())),
    })),
  ]
}

interface Within {
  readonly from?: number
  readonly until?: number
}

function asFile(reply: FastifyReply, text: string): string {
  reply.type('text/calendar; charset=utf-8')
  return text
}
