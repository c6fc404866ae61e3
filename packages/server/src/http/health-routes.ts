import { health, readiness } from '@offtake/contract/api/feed-routes'
import { type Kysely, sql } from 'kysely'
import type { Seat } from '../engine/seat.ts'
import { Problem } from '../problem.ts'
import type { Tables } from '../store/tables.ts'
import { type Endpoint, endpoint } from './endpoint.ts'

/** For what watches the process: whether it lives, and whether it takes orders. */
export function healthRoutes(seat: Seat, db: Kysely<Tables>): Endpoint[] {
  return [
    endpoint(health, async () => ({ body: { status: 'alive' } })),
    endpoint(readiness, async () => {
      if (!seat.isReady) throw new Problem('unavailable', 'no engine takes orders now')
      await sql`select 1`.execute(db)
      return { body: { status: 'ready', leads: seat.leads, seq: seat.seq } }
    }),
  ]
}
