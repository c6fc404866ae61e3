import type { Kysely } from 'kysely'
import { digestOf } from '../digest.ts'
import type { Tables } from './tables.ts'

/** How many are kept: the newest, and one to fall back on. */
const KEPT = 2

export async function keepSnapshot(db: Kysely<Tables>, seq: number, state: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('snapshot')
      .values({ seq, state, digest: digestOf(state) })
      .onConflict((conflict) => conflict.column('seq').doNothing())
      .execute()
    const kept = transaction.selectFrom('snapshot').select('seq').orderBy('seq', 'desc').limit(KEPT)
    await transaction.deleteFrom('snapshot').where('seq', 'not in', kept).execute()
  })
}

/** The newest whose text is what was written. */
export async function newestSnapshot(
  db: Kysely<Tables>,
): Promise<{ readonly seq: number; readonly state: string } | undefined> {
  const rows = await db
    .selectFrom('snapshot')
    .select(['seq', 'state', 'digest'])
    .orderBy('seq', 'desc')
    .execute()
  return rows.find(({ state, digest }) => digestOf(state) === digest)
}
