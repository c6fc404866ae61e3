import { replacePortfolio, showPortfolio } from '@offtake/contract/api/portfolio-routes'
import type { Kysely } from 'kysely'
import type { Engine } from '../engine/engine.ts'
import { orderOf } from '../engine/order.ts'
import { changePortfolio, type PortfolioChanged } from '../portfolio/change.ts'
import { checkedPortfolio } from '../portfolio/checked-portfolio.ts'
import { changesBetween, currentFiles, digestOfFiles } from '../portfolio/portfolio-store.ts'
import type { Tables } from '../store/tables.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { etagOf, requireMatch } from './etag.ts'

/** The portfolio as a whole: its files out and in. */
export function portfolioRoutes(engine: Engine, db: Kysely<Tables>): Endpoint[] {
  return [
    endpoint(showPortfolio, async () => {
      const set = await currentFiles(db)
      return { body: { ...set, files: [...set.files] }, etag: etagOf(set.version) }
    }),
    endpoint(replacePortfolio, async ({ body: { files }, actor, key, match }) => {
      // Looked at before it takes its turn, so that the engine waits for no large one; what is read stays known.
      checkedPortfolio(files)
      const { result } = await engine.submit(
        changePortfolio(engine, {
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
      const { portfolioVersion: version, changes } = result as PortfolioChanged
      return { body: { version, changes: [...changes] }, etag: etagOf(version) }
    }),
  ]
}
