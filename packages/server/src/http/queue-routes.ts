import { showQueue } from '@offtake/contract/api/queue-routes'
import { instant } from '@offtake/core/base/instant'
import type { Reading } from '../access/reading.ts'
import { sees } from '../access/tenancy.ts'
import type { Engine } from '../engine/engine.ts'
import { waitingView, waitsOfStarted } from '../jobs/queue-view.ts'
import { WaitCauses } from '../jobs/wait-causes.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { isoOf } from './iso.ts'

/** The queue as a whole. */
export function queueRoutes(engine: Engine, reading: Reading, clock: () => number): Endpoint[] {
  const causes = new WaitCauses(engine)
  return [
    endpoint(showQueue, async ({ actor }) => {
      const { state } = engine.allocator
      const at = clock()
      const waiting = waitingView(state, causes.at(instant(at)), (tenant) =>
        sees(actor, tenant, () => state.tenants),
      )
      const started = await reading.as(actor, (db) => waitsOfStarted(db, at))
      return { body: { at: isoOf(at), ...waiting, started } }
    }),
  ]
}
