import { showAttention } from '@offtake/contract/api/attention-routes'
import { DAY_MS, instant, later } from '@offtake/core/base/instant'
import type { Kysely } from 'kysely'
import { attentionItems } from '../attention/attention.ts'
import type { Engine } from '../engine/engine.ts'
import type { PortfolioReader } from '../portfolio/portfolio-reader.ts'
import type { Tables } from '../store/tables.ts'
import type { ChargedLive } from '../usage/charged-live.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { isoOf } from './iso.ts'

interface AttentionContext {
  readonly engine: Engine
  readonly db: Kysely<Tables>
  readonly reader: PortfolioReader
  readonly charged: ChargedLive
  readonly clock: () => number
}

/** What needs a person. */
export function attentionRoutes({ engine, db, reader, charged, clock }: AttentionContext): Endpoint[] {
  return [
    endpoint(showAttention, async ({ query: { days }, actor }) => {
      const { state } = engine.allocator
      const at = instant(clock())
      const read = await reader.read()
      const items = await attentionItems({
        at,
        until: later(at, days * DAY_MS),
        actor,
        state,
        current: read && { portfolio: read.portfolio, files: read.set },
        approvals: await db.selectFrom('approval').selectAll().where('state', '=', 'waiting').execute(),
        charged: (portfolio) => charged.of(portfolio),
      })
      return { body: { at: isoOf(at), items } }
    }),
  ]
}
