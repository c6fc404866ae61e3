import type { ServiceHistory } from '@offtake/contract/api/service'
import { DAY_MS, instant } from '@offtake/core/base/instant'
import { piecesWithin } from '@offtake/core/base/step-function'
import { replicasWithin } from '@offtake/core/demand/request-series'
import { type Kysely, sql } from 'kysely'
import { isoOf } from '../http/iso.ts'
import { Problem } from '../problem.ts'
import type { Tables } from '../store/tables.ts'
import { replicaName } from './replicas-of.ts'
import type { Stated } from './stated-services.ts'

interface Stretch {
  readonly from: number
  readonly until: number
}

type Steps = ServiceHistory['wanted']

const MOST_DAYS = 31

/** The last day where nothing is said. */
export function stretchOf(
  { from, until }: { readonly from?: number; readonly until?: number },
  now: number,
): Stretch {
  const end = until ?? now
  const start = from ?? end - DAY_MS
  if (start < end && end - start <= MOST_DAYS * DAY_MS) return { from: start, until: end }
  const message = `must come before until, by at most ${MOST_DAYS} days`
  throw new Problem('malformed', `query.from: ${message}`, [{ path: 'query.from', message }])
}

/** What is wanted as it is stated now: of a service that was applied, from when it was last changed on. */
export function wantedSteps({ service, since }: Stated, { from, until }: Stretch): Steps {
  const start = Math.max(from, since ?? from)
  if (start >= until) return []
  const span = { start: instant(start), until: instant(until) }
  const steps: Steps = []
  for (const { start: at, value } of piecesWithin(replicasWithin(service.demand, span), span))
    if (steps.at(-1)?.replicas !== value) steps.push({ at: isoOf(at), replicas: value })
  return steps
}

interface Change {
  readonly at: number
  readonly change: number
}

/** How many replicas ran, from the spans of their stays, up to now. */
export async function runningSteps(
  db: Kysely<Tables>,
  service: string,
  { from, until }: Stretch,
): Promise<Steps> {
  if (until <= from) return []
  const prefix = replicaName(service, 0).slice(0, -1)
  const { rows } = await sql<Change>`
    with piece as (
      select greatest(usage_span.started_at, ${from}::bigint) as start,
        case when bool_or(usage_span.ended_at is null) then null else max(usage_span.ended_at) end as until
      from usage_span
      join job on job.id = usage_span.gang
      where job.name = ${service} and starts_with(job.id, ${prefix})
        and (job.ended_at is null or job.ended_at >= ${from}::bigint)
        and usage_span.started_at < ${until}::bigint
        and (usage_span.ended_at is null or usage_span.ended_at > ${from}::bigint)
      group by usage_span.gang, usage_span.stay, usage_span.started_at
    )
    select at, sum(change)::integer as change from (
      select start as at, 1 as change from piece
      union all
      select until, -1 from piece where until < ${until}::bigint
    ) as change
    group by at
    having sum(change) <> 0
    order by at
  `.execute(db)
  let replicas = 0
  const steps = rows.map(({ at, change }) => {
    replicas += change
    return { at: isoOf(at), replicas }
  })
  return rows[0]?.at === from ? steps : [{ at: isoOf(from), replicas: 0 }, ...steps]
}
