import { randomUUID } from 'node:crypto'
import { specOf } from '@offtake/contract/api/job'
import { cancelJob, type JobView, listJobs, showJob, submitJob } from '@offtake/contract/api/job-routes'
import type { RefusalCause } from '@offtake/core/allocation/events'
import type { Actor } from '../access/actor.ts'
import type { Reading } from '../access/reading.ts'
import { sees, type Tenants } from '../access/tenancy.ts'
import type { Engine } from '../engine/engine.ts'
import { orderOf } from '../engine/order.ts'
import { Admission } from '../jobs/admission.ts'
import { requireJob } from '../jobs/require-job.ts'
import { notFound } from '../problem.ts'
import { jobPage } from '../store/job-page.ts'
import type { JobRow } from '../store/tables.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { isoOf, isoOrNull } from './iso.ts'
import { withPath } from './refusal-path.ts'

/** What a refusal of a submission is about. */
const PATHS: Partial<Record<RefusalCause, string>> = {
  unknownTenant: 'body.tenant',
  duplicateGang: 'body.id',
  unknownWindow: 'body.window',
  notItsWindow: 'body.window',
}

/** Jobs: submitted, listed, shown, cancelled. */
export function jobRoutes(
  engine: Engine,
  reading: Reading,
  isSimulated: (poolId: string) => boolean,
): Endpoint[] {
  const admission = new Admission()
  const view = (row: JobRow): JobView => viewOf(row, row.pool !== null && isSimulated(row.pool))
  return [
    endpoint(submitJob, async ({ body, actor, key }) => {
      requireOwn(actor, body.tenant, () => engine.allocator.state.tenants)
      const id = body.id ?? randomUUID()
      const { gang, check } = admission.gangFor(engine.allocator.state, body, id)
      const order = {
        ...orderOf(actor, key),
        command: { kind: 'submit' as const, gang },
        spec: JSON.stringify(specOf(body)),
        asked: JSON.stringify(body),
        check,
      }
      const outcome = await engine.submit(order).catch(withPath(PATHS))
      const submitted = outcome.events.find((event) => event.kind === 'submitted')
      const jobId = submitted?.gang.id ?? id
      // What has just become durable is at hand; what came of a key that was used before may have ended.
      const row = engine.jobs.get(jobId) ?? (await reading.as(actor, (db) => requireJob(db, jobId)))
      return { body: view(row) }
    }),
    endpoint(listJobs, async ({ query, actor }) => {
      const { items, next } = await reading.as(actor, (db) => jobPage(db, query))
      return { body: { items: items.map(view), next } }
    }),
    endpoint(showJob, async ({ params, actor }) => ({
      body: view(await reading.as(actor, (db) => requireJob(db, params.id))),
    })),
    endpoint(cancelJob, async ({ params: { id }, actor, key }) => {
      await reading.as(actor, (db) => requireJob(db, id))
      const order = { ...orderOf(actor, key), command: { kind: 'cancel' as const, gangId: id } }
      await engine.submit(order).catch(withPath({ alreadyEnded: 'path.id' }))
      return { body: view(await reading.as(actor, (db) => requireJob(db, id))) }
    }),
  ]
}

/** What one may not see is as if it were not there. */
function requireOwn(actor: Actor, tenant: string, tenants: Tenants): void {
  if (!sees(actor, tenant, tenants)) throw notFound('tenant', tenant)
}

function viewOf(row: JobRow, simulated: boolean): JobView {
  const { id, tenant, name, state, priority, accelerators, evictions, pool } = row
  return {
    id,
    name,
    tenant,
    state,
    priority,
    accelerators,
    submittedAt: isoOf(row.submitted_at),
    startedAt: isoOrNull(row.started_at),
    endedAt: isoOrNull(row.ended_at),
    evictions,
    pool,
    exitCode: row.exit_code,
    simulated,
  }
}
