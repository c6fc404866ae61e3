import { type ServiceRequest, serviceOf } from '@offtake/contract/api/service'
import type { Instant } from '@offtake/core/base/instant'
import { DAY_MS, later } from '@offtake/core/base/instant'
import { valueAt } from '@offtake/core/base/step-function'
import { replicasWithin } from '@offtake/core/demand/request-series'
import type { DemandSeries, Service } from '@offtake/core/demand/service'
import type { Kysely } from 'kysely'
import { digestOf } from '../digest.ts'
import { checkedPortfolio } from '../portfolio/checked-portfolio.ts'
import { currentFiles } from '../portfolio/portfolio-store.ts'
import type { ServiceRow } from '../store/served-tables.ts'
import type { Tables } from '../store/tables.ts'

/** A service that is to be served, from wherever it is stated. */
export interface Stated {
  readonly service: Service
  readonly source: 'api' | 'portfolio'
  /** Whether it follows a series; else it has the number that somebody set. */
  readonly followsDemand: boolean
  readonly command?: readonly string[]
  /** Of what its replicas are: where that changes they are replaced. */
  readonly form: string
  /** Since when it is as it is stated, where that is known. */
  readonly since?: number
}

/** All that are to be served, by id. One that was applied under the id of one of the portfolio's stands behind that. */
export async function statedServices(db: Kysely<Tables>): Promise<Map<string, Stated>> {
  const set = await currentFiles(db)
  const ofPortfolio = set.version === 0 ? [] : checkedPortfolio(set.files, set.digest).services
  const rows = await db.selectFrom('service').selectAll().orderBy('id').execute()
  const applied = rows.map((row): [string, Stated] => [row.id, { ...statedOf(row), since: row.changed_at }])
  const planned = ofPortfolio.map((service): [string, Stated] => [
    service.id,
    { service, source: 'portfolio', followsDemand: true, form: formOf(service) },
  ])
  return new Map([...applied, ...planned])
}

export function statedOf({ id, spec }: Pick<ServiceRow, 'id' | 'spec'>): Stated {
  const request: ServiceRequest = JSON.parse(spec)
  const service = serviceOf(id, request)
  const { command } = request
  return {
    service,
    source: 'api',
    followsDemand: request.demand !== undefined,
    ...(command ? { command } : {}),
    form: formOf(service, command),
  }
}

/** The ETag of a service that was applied as this. */
export function tagOfSpec(spec: string): string {
  return `"${digestOf(spec).slice(0, 16)}"`
}

function formOf({ demand: _, ...rest }: Service, command: readonly string[] = []): string {
  return digestOf(JSON.stringify([rest, command])).slice(0, 12)
}

/** How far ahead it is looked for a change of what is wanted. */
const AHEAD_MS = DAY_MS

/** How many replicas are wanted at a moment, and until when at least. */
export function wantedAt(
  demand: DemandSeries,
  at: Instant,
): { readonly replicas: number; readonly until: Instant } {
  const until = later(at, AHEAD_MS)
  const wanted = replicasWithin(demand, { start: at, until })
  return { replicas: valueAt(wanted, at), until: wanted.times.find((time) => time > at) ?? until }
}
