import { replacePortfolio, showPortfolio } from '@offtake/contract/api/portfolio-routes'
import type { Kysely } from 'kysely'
import type { Engine } from '../engine/engine.ts'
import { orderOf } from '../engine/order.ts'
import type { PortfolioDesk } from '../portfolio/change.ts'
import { checkedPortfolio } from '../portfolio/checked-portfolio.ts'
import type { PortfolioReader } from '../portfolio/portfolio-reader.ts'
import { changesBetween, digestOfFiles } from '../portfolio/portfolio-store.ts'
import type { Tables } from '../store/tables.ts'
import { orAsked } from './asked.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { etagOf, requireMatch } from './etag.ts'

/** What the routes of the portfolio work with. */
export interface DeskContext {
  readonly engine: Engine
  readonly db: Kysely<Tables>
  readonly desk: PortfolioDesk
  readonly reader: PortfolioReader
  readonly clock: () => number
}

/** The portfolio as a whole: its files out and in. */
export function portfolioRoutes({ engine, db, desk, reader }: DeskContext): Endpoint[] {
  return [
    endpoint(showPortfolio, async () => {
      const set = await reader.files()
      return { body: { ...set, files: [...set.files] }, etag: etagOf(set.version) }
    }),
    endpoint(replacePortfolio, async ({ body: { files }, actor, key, match }) => {
      // Looked at before it takes its turn, so that the engine waits for no large one; what is read stays known.
      checkedPortfolio(files)
      const { result } = await engine.submit(
        desk.change({
          ...orderOf(actor, key),
          action: 'portfolioImported',
          target: 'portfolio',
          asked: digestOfFiles(files),
          change: (now) => {
            requireMatch(match, now.version)
            return changesBetween(now.files, files)
          },
        }),
      )
      return orAsked(db, result, async ({ portfolioVersion: version, changes }) => ({
        body: { version, changes: [...changes] },
        etag: etagOf(version),
      }))
    }),
  ]
}
