import type { QueueView } from '@offtake/contract/api/queue-routes'
import type { AllocationState } from '@offtake/core/allocation/allocation-state'
import type { GangState } from '@offtake/core/allocation/gang-state'
import { DAY_MS, SECOND_MS } from '@offtake/core/base/instant'
import { acceleratorsOf, type Role } from '@offtake/core/demand/gang'
import { type Kysely, sql } from 'kysely'
import { isoOf } from '../http/iso.ts'
import type { Tables } from '../store/tables.ts'

type Waiting = Omit<QueueView, 'at' | 'started'>

/** Of a tenant’s jobs those that it may see. */
export function waitingView(
  { queue }: AllocationState,
  causes: ReadonlyMap<string, string>,
  isSeen: (tenant: string) => boolean,
): Waiting {
  const all = new Crowds()
  const [byCause, byHardware, byTenant] = [new Crowds(), new Crowds(), new Crowds()]
  let oldest: GangState | undefined
  for (const gang of queue) {
    const { tenant, id } = gang.gang
    if (!isSeen(tenant)) continue
    const accelerators = acceleratorsOf(gang.gang)
    all.add('', accelerators)
    byCause.add(causes.get(id) ?? 'other', accelerators)
    byTenant.add(tenant, accelerators)
    for (const [hardware, roles] of rolesByHardware(gang)) byHardware.add(hardware, acceleratorsOf({ roles }))
    if (!oldest || gang.submittedAt < oldest.submittedAt) oldest = gang
  }
  const [{ jobs, accelerators } = { jobs: 0, accelerators: 0 }] = all.largestFirst()
  return {
    jobs,
    accelerators,
    oldest: oldest ? { job: oldest.gang.id, since: isoOf(oldest.submittedAt) } : null,
    byCause: byCause.largestFirst().map(({ name, ...crowd }) => ({ cause: name, ...crowd })),
    byHardware: byHardware.largestFirst().map(({ name, ...crowd }) => ({ hardware: name, ...crowd })),
    byTenant: byTenant.largestFirst().map(({ name, ...crowd }) => ({ tenant: name, ...crowd })),
  }
}

function rolesByHardware({ gang }: GangState): Map<string, Role[]> {
  const found = new Map<string, Role[]>()
  for (const role of gang.roles) {
    const [likes] = role.accepts
    if (likes) found.set(likes.hardware, [...(found.get(likes.hardware) ?? []), role])
  }
  return found
}

interface Crowd {
  readonly name: string
  readonly jobs: number
  readonly accelerators: number
}

/** Counts of jobs, and of the accelerators that they ask for, by name. */
class Crowds {
  readonly #byName = new Map<string, Crowd>()

  add(name: string, accelerators: number): void {
    const known = this.#byName.get(name) ?? { name, jobs: 0, accelerators: 0 }
    const milli = Math.round(1_000 * (known.accelerators + accelerators))
    this.#byName.set(name, { name, jobs: known.jobs + 1, accelerators: milli / 1_000 })
  }

  largestFirst(): Crowd[] {
    return [...this.#byName.values()].sort((a, b) => b.jobs - a.jobs || (a.name < b.name ? -1 : 1))
  }
}

/** How long those waited that first started within a day before the moment, as far as the reader may see them. */
export async function waitsOfStarted(db: Kysely<Tables>, now: number): Promise<QueueView['started']> {
  const since = now - DAY_MS
  const { rows } = await sql<{
    jobs: number
    median: number | null
    p90: number | null
    longest: number | null
  }>`
    select count(*)::integer as jobs,
      percentile_cont(0.5) within group (order by wait) as median,
      percentile_cont(0.9) within group (order by wait) as p90,
      max(wait)::float8 as longest
    from (
      select (min(usage_span.started_at) - min(job.submitted_at))::float8 as wait
      from usage_span
      join job on job.id = usage_span.gang
      where (usage_span.ended_at is null or usage_span.ended_at >= ${since}::bigint)
        and usage_span.stay = 0 and usage_span.n = 0 and usage_span.started_at >= ${since}::bigint
      group by usage_span.gang
    ) as started
  `.execute(db)
  const [row] = rows
  if (!row || row.median === null || row.p90 === null || row.longest === null) return null
  return {
    since: isoOf(since),
    jobs: row.jobs,
    medianSeconds: row.median / SECOND_MS,
    p90Seconds: row.p90 / SECOND_MS,
    longestSeconds: row.longest / SECOND_MS,
  }
}
