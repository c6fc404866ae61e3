import { explainJob } from '@offtake/contract/api/job-routes'
import type { AllocationState } from '@offtake/core/allocation/allocation-state'
import type { Actor } from '../access/actor.ts'
import type { Reading } from '../access/reading.ts'
import { sees } from '../access/tenancy.ts'
import { momentOf } from '../engine/decide.ts'
import type { Seat } from '../engine/seat.ts'
import { explanationViewOf, type Sight } from '../jobs/explanation.ts'
import { Foresight } from '../jobs/foresight.ts'
import { requireJob } from '../jobs/require-job.ts'
import { type Endpoint, endpoint } from './endpoint.ts'

/** `GET /v1/jobs/ID/explanation`: the answers of `offtake explain`, live. */
export function explanationRoutes(seat: Seat, reading: Reading, clock: () => number): Endpoint[] {
  const foresight = new Foresight(seat)
  return [
    endpoint(explainJob, async ({ params: { id }, actor }) => {
      const job = await reading.as(actor, (db) => requireJob(db, id))
      const at = momentOf(seat.allocator, clock())
      const explanation = foresight.explain(id, at)
      return { body: explanationViewOf(job, explanation, at, sightOf(actor, seat.allocator.state)) }
    }),
  ]
}

/** A tenant sees its own and what is below it. */
function sightOf(actor: Actor, { gangs, tenants }: AllocationState): Sight {
  const tenant = (id: string): boolean => sees(actor, id, () => tenants)
  return { tenant, gang: (id) => tenant(gangs.get(id)?.gang.tenant ?? '') }
}
