import { ACT_BY_THEMSELVES } from '@offtake/contract/api/token-routes'
import { type Kysely, sql } from 'kysely'
import type { JournalRow, Tables } from './tables.ts'

export interface AuditFilter {
  readonly actor?: string
  readonly action?: string
  readonly target?: string
  readonly cursor?: string
  readonly limit: number
}

/** What people and portfolios changed, from the latest on. */
export async function auditPage(
  db: Kysely<Tables>,
  { actor, action, target, cursor, limit }: AuditFilter,
): Promise<{ rows: JournalRow[]; next: string | null }> {
  let query = db.selectFrom('journal').selectAll().where('actor', 'not in', ACT_BY_THEMSELVES)
  if (actor !== undefined) query = query.where('actor', '=', actor)
  if (action !== undefined)
    query = query.where(
      sql<string>`coalesce(command::json ->> 'action', command::json ->> 'kind')`,
      '=',
      action,
    )
  if (target !== undefined)
    query = query.where(
      sql<string>`coalesce(command::json ->> 'target', command::json ->> 'gangId', command::json -> 'gang' ->> 'id',
        command::json -> 'booking' ->> 'id', command::json ->> 'poolId')`,
      '=',
      target,
    )
  if (cursor !== undefined && /^\d{1,15}$/.test(cursor)) query = query.where('seq', '<', Number(cursor))
  const found = await query
    .orderBy('seq', 'desc')
    .limit(limit + 1)
    .execute()
  const rows = found.slice(0, limit)
  return { rows, next: found.length > limit ? String(rows.at(-1)?.seq) : null }
}
