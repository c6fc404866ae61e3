import { type Kysely, sql } from 'kysely'
import type { JobRow, JobState, Tables } from './tables.ts'
import { readCursor, writeCursor } from './time-cursor.ts'

/** Which jobs, and how many of them from where on. */
export interface JobFilter {
  readonly tenant?: string
  readonly state?: JobState
  readonly pool?: string
  /** How its name begins. */
  readonly name?: string
  /** Submitted from then on, and before then. */
  readonly after?: number
  readonly before?: number
  readonly cursor?: string
  readonly limit: number
}

/** Jobs from the latest on. A page begins where the one before ended, whatever came in between. */
export async function jobPage(
  db: Kysely<Tables>,
  { cursor, limit, ...filter }: JobFilter,
): Promise<{ jobs: JobRow[]; next: string | null }> {
  let query = filtered(db, filter)
  const from = readCursor(cursor)
  if (from) query = query.where(sql<boolean>`(submitted_at, id) < (${from.at}::bigint, ${from.id})`)
  const rows = await query
    .orderBy('submitted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const jobs = rows.slice(0, limit)
  const last = jobs.at(-1)
  return {
    jobs,
    next: rows.length > limit && last ? writeCursor({ at: last.submitted_at, id: last.id }) : null,
  }
}

function filtered(db: Kysely<Tables>, filter: Omit<JobFilter, 'cursor' | 'limit'>) {
  const { tenant, state, pool, name, after, before } = filter
  let query = db.selectFrom('job').selectAll()
  if (tenant !== undefined) query = query.where('tenant', '=', tenant)
  if (state !== undefined) query = query.where('state', '=', state)
  if (pool !== undefined) query = query.where('pool', '=', pool)
  if (name !== undefined) query = query.where('name', 'like', `${name.replaceAll(/[\\%_]/g, '\\$&')}%`)
  if (after !== undefined) query = query.where('submitted_at', '>=', after)
  if (before !== undefined) query = query.where('submitted_at', '<', before)
  return query
}
