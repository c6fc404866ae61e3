import type { Kysely } from 'kysely'
import { notFound } from '../problem.ts'
import type { JobRow, Tables } from '../store/tables.ts'

/** The job of that id; a problem where there is none that the reader may see. */
export async function requireJob(db: Kysely<Tables>, id: string): Promise<JobRow> {
  const row = await db.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw notFound('job', id)
  return row
}
