import type { Kysely } from 'kysely'
import type { Tables, TokenRow } from './tables.ts'
import { comesAfter, pageOfRows } from './time-cursor.ts'

/** Tokens from the latest on. */
export async function tokenPage(
  db: Kysely<Tables>,
  { cursor, limit }: { readonly cursor?: string; readonly limit: number },
): Promise<{ items: TokenRow[]; next: string | null }> {
  const rows = await db
    .selectFrom('token')
    .selectAll()
    .where(comesAfter('created_at', cursor))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageOfRows(rows, limit, (row) => row.created_at)
}

export function tokenById(db: Kysely<Tables>, id: string): Promise<TokenRow | undefined> {
  return db.selectFrom('token').selectAll().where('id', '=', id).executeTakeFirst()
}

export function tokenByHash(db: Kysely<Tables>, hash: string): Promise<TokenRow | undefined> {
  return db.selectFrom('token').selectAll().where('hash', '=', hash).executeTakeFirst()
}
