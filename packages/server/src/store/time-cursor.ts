import { sql } from 'kysely'
import { unstorableIn } from './storable.ts'

/** Where a page ended, of rows that are ordered by a moment and, within it, by id. */
interface TimeCursor {
  readonly at: number
  readonly id: string
}

/** Whether a row comes after where the page before ended, the latest first; every row does where there was none. */
export function comesAfter(column: 'submitted_at' | 'created_at' | 'asked_at', cursor: string | undefined) {
  const after = readCursor(cursor)
  return after
    ? sql<boolean>`(${sql.ref(column)}, id) < (${after.at}::bigint, ${after.id})`
    : sql<boolean>`true`
}

/** A page of rows, of which one more was read than it may hold, and the cursor of the next. */
export function pageOfRows<Row extends { readonly id: string }>(
  rows: readonly Row[],
  limit: number,
  atOf: (row: Row) => number,
): { items: Row[]; next: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? writeCursor({ at: atOf(last), id: last.id }) : null }
}

function writeCursor({ at, id }: TimeCursor): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url')
}

/** Nothing for one that we did not write: then the list begins from its start. */
function readCursor(text: string | undefined): TimeCursor | undefined {
  if (text === undefined) return undefined
  try {
    const [at, id] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    const isOurs = Number.isSafeInteger(at) && typeof id === 'string' && !unstorableIn(id)
    return isOurs ? { at, id } : undefined
  } catch {
    return undefined
  }
}
