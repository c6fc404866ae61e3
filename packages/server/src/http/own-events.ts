import type { AllocationEvent } from '@offtake/core/allocation/events'
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'

/** What a tenant is told of its gangs. What is told of anything else than one gang is nobody's own. */
const OF_ONE_GANG = {
  submitted: true,
  placed: true,
  outlasted: true,
  finished: true,
  cancelled: true,
  evicted: true,
  resized: true,
  moved: true,
  handOverPlanned: true,
  handOverDropped: true,
  reclaimAsked: true,
  reclaimDropped: true,
  paceChanged: true,
  leaveAsked: true,
} satisfies Partial<Record<AllocationEvent['kind'], true>>

type OfOneGang = Extract<AllocationEvent, { readonly kind: keyof typeof OF_ONE_GANG }>

const MOST_REMEMBERED = 100_000

/** Whose gangs are, as far as events speak of them: told by the event that submitted one, else by its row. */
export class GangTenants {
  readonly #db: Kysely<Tables>
  readonly #known = new Map<string, string>()

  constructor(db: Kysely<Tables>) {
    this.#db = db
  }

  /** The events of gangs of tenants for which this holds, as they may be shown to them. */
  async own(
    events: readonly AllocationEvent[],
    isOwn: (tenant: string) => boolean,
  ): Promise<readonly AllocationEvent[]> {
    const ofGangs = events.filter(isOfOneGang)
    await this.#learn(ofGangs)
    const isOwnGang = (gangId: string): boolean => {
      const tenant = this.#known.get(gangId)
      return tenant !== undefined && isOwn(tenant)
    }
    return ofGangs.filter((event) => isOwnGang(gangOf(event))).map((event) => withoutOthers(event, isOwnGang))
  }

  async #learn(events: readonly OfOneGang[]): Promise<void> {
    for (const event of events)
      if (event.kind === 'submitted') this.#remember(event.gang.id, event.gang.tenant)
    const spokenOf = events.flatMap((event) =>
      event.kind === 'reclaimAsked' ? [event.gangId, event.forGangId] : [gangOf(event)],
    )
    const unknown = [...new Set(spokenOf)].filter((id) => !this.#known.has(id))
    if (unknown.length === 0) return
    const rows = await this.#db
      .selectFrom('job')
      .select(['id', 'tenant'])
      .where('id', 'in', unknown)
      .execute()
    for (const { id, tenant } of rows) this.#remember(id, tenant)
  }

  /** The oldest is forgotten first, and read again where it is spoken of again. */
  #remember(gangId: string, tenant: string): void {
    this.#known.set(gangId, tenant)
    const [oldest] = this.#known.keys()
    if (this.#known.size > MOST_REMEMBERED && oldest !== undefined) this.#known.delete(oldest)
  }
}

function isOfOneGang(event: AllocationEvent): event is OfOneGang {
  return event.kind in OF_ONE_GANG
}

function gangOf(event: OfOneGang): string {
  return event.kind === 'submitted' ? event.gang.id : event.gangId
}

/** For whom a gang must go is the business of whoever comes. */
function withoutOthers(event: OfOneGang, isOwnGang: (gangId: string) => boolean): AllocationEvent {
  if (event.kind !== 'reclaimAsked' || isOwnGang(event.forGangId)) return event
  return { ...event, forGangId: '' }
}
