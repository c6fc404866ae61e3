import { type Kysely, sql } from 'kysely'
import type { Tables, TokenRow } from './tables.ts'
import { readCursor, writeCursor } from './time-cursor.ts'

/** Tokens from the latest on. */
export async function tokenPage(
  db: Kysely<Tables>,
  { cursor, limit }: { readonly cursor?: string; readonly limit: number },
): Promise<{ tokens: TokenRow[]; next: string | null }> {
  let query = db.selectFrom('token').selectAll()
  const after = readCursor(cursor)
  if (after) query = query.where(sql<boolean>`(created_at, id) < (${after.at}::bigint, ${after.id})`)
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const tokens = rows.slice(0, limit)
  const last = tokens.at(-1)
  const next = rows.length > limit && last ? writeCursor({ at: last.created_at, id: last.id }) : null
  return { tokens, next }
}

export function tokenById(db: Kysely<Tables>, id: string): Promise<TokenRow | undefined> {
  return db.selectFrom('token').selectAll().where('id', '=', id).executeTakeFirst()
}

export function tokenByHash(db: Kysely<Tables>, hash: string): Promise<TokenRow | undefined> {
  return db.selectFrom('token').selectAll().where('hash', '=', hash).executeTakeFirst()
}
