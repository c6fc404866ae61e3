import { type Kysely, sql } from 'kysely'
import type { JobRow, JobState, Tables } from './tables.ts'
import { readCursor, writeCursor } from './time-cursor.ts'

/** Which jobs, and how many of them from where on. */
export interface JobFilter {
  readonly tenant?: string
  readonly state?: JobState
  readonly cursor?: string
  readonly limit: number
}

/** Jobs from the latest on. A page begins where the one before ended, whatever came in between. */
export async function jobPage(
  db: Kysely<Tables>,
  { tenant, state, cursor, limit }: JobFilter,
): Promise<{ jobs: JobRow[]; next: string | null }> {
  let query = db.selectFrom('job').selectAll()
  if (tenant !== undefined) query = query.where('tenant', '=', tenant)
  if (state !== undefined) query = query.where('state', '=', state)
  const after = readCursor(cursor)
  if (after) query = query.where(sql<boolean>`(submitted_at, id) < (${after.at}::bigint, ${after.id})`)
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
