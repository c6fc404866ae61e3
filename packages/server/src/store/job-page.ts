import type { Kysely } from 'kysely'
import type { JobRow, JobState, Tables } from './tables.ts'
import { comesAfter, pageOfRows } from './time-cursor.ts'

/** Which jobs, and how many of them from where on. */
export interface JobFilter {
  readonly tenant?: string
  readonly state?: JobState | 'ended'
  readonly pool?: string
  /** How its name begins. */
  readonly name?: string
  /** Submitted from then on, and before then. */
  readonly after?: number
  readonly before?: number
  readonly cursor?: string
  readonly limit: number
}

const ENDED: readonly JobState[] = ['finished', 'cancelled', 'failed']

/** Jobs from the latest on. A page begins where the one before ended, whatever came in between. */
export async function jobPage(
  db: Kysely<Tables>,
  { cursor, limit, ...filter }: JobFilter,
): Promise<{ items: JobRow[]; next: string | null }> {
  const rows = await filtered(db, filter)
    .where(comesAfter('submitted_at', cursor))
    .orderBy('submitted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageOfRows(rows, limit, (row) => row.submitted_at)
}

function filtered(db: Kysely<Tables>, filter: Omit<JobFilter, 'cursor' | 'limit'>) {
  const { tenant, state, pool, name, after, before } = filter
  let query = db.selectFrom('job').selectAll()
  if (tenant !== undefined) query = query.where('tenant', '=', tenant)
  if (state === 'ended') query = query.where('state', 'in', ENDED)
  else if (state !== undefined) query = query.where('state', '=', state)
  if (pool !== undefined) query = query.where('pool', '=', pool)
  if (name !== undefined) query = query.where('name', 'like', `${name.replaceAll(/[\\%_]/g, '\\$&')}%`)
  if (after !== undefined) query = query.where('submitted_at', '>=', after)
  if (before !== undefined) query = query.where('submitted_at', '<', before)
  return query
}
