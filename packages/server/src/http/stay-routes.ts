import { listStays } from '@offtake/contract/api/job-routes'
import type { Kysely } from 'kysely'
import type { Reading } from '../access/reading.ts'
import type { Engine } from '../engine/engine.ts'
import { requireJob } from '../jobs/require-job.ts'
import { eventsAt, staysFrom, stretchesOf } from '../jobs/stays.ts'
import type { Tables } from '../store/tables.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { isoOf, isoOrNull } from './iso.ts'
import { readNumberCursor } from './number-cursor.ts'

/** The time line of a job. Whose it is the database decides; the journal is read for what it lets see. */
export function stayRoutes(engine: Engine, db: Kysely<Tables>, reading: Reading): Endpoint[] {
  return [
    endpoint(listStays, async ({ params: { id }, query: { cursor, limit }, actor }) => {
      const { state } = engine.allocator
      const from = readNumberCursor(cursor)
      const { job, stretches } = await reading.as(actor, async (seen) => ({
        job: await requireJob(seen, id),
        stretches: await stretchesOf(seen, id, { from, limit }),
      }))
      const page = stretches.slice(0, limit)
      const edges = page.flatMap((one) => [one.started_at, ...(one.ended_at === null ? [] : [one.ended_at])])
      const events = await eventsAt(db, id, [...new Set(edges)])
      return {
        body: {
          job: id,
          tenant: job.tenant,
          state: job.state,
          submittedAt: isoOf(job.submitted_at),
          endedAt: isoOrNull(job.ended_at),
          items: staysFrom(page, events, job, state),
          next: stretches.length > limit ? String(from + limit) : null,
        },
      }
    }),
  ]
}
