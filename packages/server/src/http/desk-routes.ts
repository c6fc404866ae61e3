import type { Kysely } from 'kysely'
import type { Engine } from '../engine/engine.ts'
import { PortfolioDesk, type TwoPersonRules } from '../portfolio/change.ts'
import { PortfolioReader } from '../portfolio/portfolio-reader.ts'
import type { Tables } from '../store/tables.ts'
import { agreementRoutes } from './agreement-routes.ts'
import { approvalRoutes } from './approval-routes.ts'
import type { Endpoint } from './endpoint.ts'
import { portfolioRoutes } from './portfolio-routes.ts'
import { tenantRoutes } from './tenant-routes.ts'

/** All that reads and changes the portfolio: its files, agreements, tenants, and what waits for a second person. */
export function deskRoutes(engine: Engine, db: Kysely<Tables>, rules: TwoPersonRules): Endpoint[] {
  const context = {
    engine,
    db,
    desk: new PortfolioDesk(engine, rules),
    reader: new PortfolioReader(db),
    clock: Date.now,
  }
  return [
    ...portfolioRoutes(context),
    ...agreementRoutes(context),
    ...tenantRoutes(context),
    ...approvalRoutes(context),
  ]
}
