import type { Kysely } from 'kysely'
import type { Engine } from '../engine/engine.ts'
import { PortfolioReader } from '../portfolio/portfolio-reader.ts'
import type { Tables } from '../store/tables.ts'
import { ChargedLive } from '../usage/charged-live.ts'
import { attentionRoutes } from './attention-routes.ts'
import { calendarRoutes } from './calendar-routes.ts'
import type { Endpoint } from './endpoint.ts'
import { financeRoutes } from './finance-routes.ts'

/** What is worked out from the portfolio and from what happens: capacity, commitments, obligations, the calendar, and what needs a person. */
export function overviewRoutes(engine: Engine, db: Kysely<Tables>, clock: () => number): Endpoint[] {
  const reader = new PortfolioReader(db)
  const context = { engine, db, reader, charged: new ChargedLive(db, clock), clock }
  return [...financeRoutes(context), ...calendarRoutes(reader, clock), ...attentionRoutes(context)]
}
