import {
  applyService,
  listServices,
  removeService,
  scaleService,
  showService,
  showServiceHistory,
} from '@offtake/contract/api/served-routes'
import type { ServiceView } from '@offtake/contract/api/service'
import { instant } from '@offtake/core/base/instant'
import { acceleratorsOf } from '@offtake/core/demand/gang'
import { replicaMaker } from '@offtake/core/simulation/replicas'
import type { Kysely } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { Reading } from '../access/reading.ts'
import { sees } from '../access/tenancy.ts'
import { orderOf } from '../engine/order.ts'
import type { Seat } from '../engine/seat.ts'
import { Admission } from '../jobs/admission.ts'
import { notFound, Problem } from '../problem.ts'
import { applyOrder, removeOrder, type ServiceRemoved, scaleOrder } from '../services/change-services.ts'
import type { Replica } from '../services/plan-replicas.ts'
import { runningSteps, stretchOf, wantedSteps } from '../services/replica-steps.ts'
import { replicaName, replicasByService } from '../services/replicas-of.ts'
import { type Stated, statedOf, statedServices, tagOfSpec, wantedAt } from '../services/stated-services.ts'
import type { Tables } from '../store/tables.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { isoOf } from './iso.ts'
import { pageOfList } from './number-cursor.ts'

interface ServedContext {
  readonly db: Kysely<Tables>
  readonly reading: Reading
  readonly clock: () => number
}

/** Services: those that were applied, and those that the portfolio states. A tenant sees and changes its own. */
export function servedRoutes(seat: Seat, { db, reading, clock }: ServedContext): Endpoint[] {
  const desk = new ServiceDesk(seat, db, clock)
  return [
    endpoint(listServices, async ({ query, actor }) => {
      const seen = (await desk.seenBy(actor)).filter(
        ({ tenant }) => query.tenant === undefined || tenant === query.tenant,
      )
      return { body: pageOfList(seen, query) }
    }),
    endpoint(showService, async ({ params: { id }, actor }) => ({
      body: await desk.view(id, actor),
      ...(await tagged(db, id)),
    })),
    endpoint(showServiceHistory, async ({ params: { id }, query, actor }) => {
      const { accelerators } = await desk.view(id, actor)
      const now = clock()
      const stretch = stretchOf(query, now)
      const stated = (await statedServices(db)).get(id)
      const past = { from: stretch.from, until: Math.min(stretch.until, now) }
      return {
        body: {
          id,
          from: isoOf(stretch.from),
          until: isoOf(stretch.until),
          accelerators,
          wanted: stated ? wantedSteps(stated, stretch) : [],
          running: await reading.as(actor, (seen) => runningSteps(seen, id, past)),
        },
      }
    }),
    endpoint(applyService, async ({ params: { id }, body, actor, key, match }) => {
      desk.requireTenant(actor, body.tenant)
      desk.requireHope(statedOf({ id, spec: JSON.stringify(body) }))
      await seat.submit({ ...orderOf(actor, key), ...applyOrder(id, body, match) })
      return { body: await desk.view(id, actor), ...(await tagged(db, id)) }
    }),
    endpoint(scaleService, async ({ params: { id }, body: { replicas }, actor, key }) => {
      await desk.view(id, actor)
      await seat.submit({ ...orderOf(actor, key), ...scaleOrder(id, replicas) })
      return { body: await desk.view(id, actor), ...(await tagged(db, id)) }
    }),
    endpoint(removeService, async ({ params: { id }, actor, key }) => {
      const look = async (transaction: Kysely<Tables>) => ({
        ...(await desk.view(id, actor, transaction)),
        wanted: 0,
      })
      const { result } = await seat.submit({ ...orderOf(actor, key), ...removeOrder(id, look) })
      return { body: (result as ServiceRemoved).removed }
    }),
  ]
}

/** The ETag of one that was applied; what the portfolio states has that of the portfolio. */
async function tagged(db: Kysely<Tables>, id: string): Promise<{ readonly etag?: string }> {
  const row = await db.selectFrom('service').select('spec').where('id', '=', id).executeTakeFirst()
  return row ? { etag: tagOfSpec(row.spec) } : {}
}

class ServiceDesk {
  readonly #seat: Seat
  readonly #db: Kysely<Tables>
  readonly #clock: () => number
  readonly #admission = new Admission()

  constructor(seat: Seat, db: Kysely<Tables>, clock: () => number) {
    this.#seat = seat
    this.#db = db
    this.#clock = clock
  }

  async seenBy(actor: Actor, db: Kysely<Tables> = this.#db): Promise<ServiceView[]> {
    const { tenants } = this.#seat.allocator.state
    const stated = await statedServices(db)
    const replicas = replicasByService(this.#seat.jobs.alive(), (id) => stated.get(id)?.form)
    return [...stated.values()]
      .filter(({ service }) => sees(actor, service.tenant, () => tenants))
      .map((one) => this.#viewOf(one, replicas.get(one.service.id) ?? []))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  /** What one may not see is as if it were not there. */
  async view(id: string, actor: Actor, db?: Kysely<Tables>): Promise<ServiceView> {
    const found = (await this.seenBy(actor, db)).find((service) => service.id === id)
    if (!found) throw notFound('service', id)
    return found
  }

  requireTenant(actor: Actor, tenant: string): void {
    const { tenants, accounts } = this.#seat.allocator.state
    if (!sees(actor, tenant, () => tenants)) throw notFound('tenant', tenant)
    if (accounts.knows(tenant)) return
    const message = `there is no tenant '${tenant}'`
    throw new Problem('invalid', `body.tenant: ${message}`, [{ path: 'body.tenant', message }])
  }

  requireHope({ service }: Stated): void {
    const gang = replicaMaker(service)(replicaName(service.id, 0))
    const fields = { hardware: () => 'body.replica.accepts', size: 'body.replica' }
    this.#admission.requireHope(this.#seat.allocator.state, gang, fields)
  }

  #viewOf({ service, source, followsDemand }: Stated, replicas: readonly Replica[]): ServiceView {
    const wanted = wantedAt(service.demand, instant(this.#clock())).replicas
    const current = replicas.filter(({ isOutdated }) => !isOutdated)
    const running = current.filter(({ isRunning }) => isRunning).length
    return {
      id: service.id,
      tenant: service.tenant,
      source,
      follows: followsDemand ? 'demand' : 'number',
      wanted,
      running: Math.min(running, wanted),
      waiting: current.length - running,
      draining: Math.max(0, running - wanted) + replicas.length - current.length,
      accelerators: acceleratorsOf(replicaMaker(service)('')),
    }
  }
}
