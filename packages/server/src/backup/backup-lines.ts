import { createHash } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../store/database.ts'
import type { Tables } from '../store/tables.ts'

/** What a backup begins with. A line is this, one of a table's marks, or a row as the database itself writes it as JSON. */
export interface BackupHead {
  readonly offtake: 'backup'
  readonly format: 1
  readonly takenAt: string
  readonly migrations: readonly { readonly number: number; readonly digest: string }[]
}

/** `table` begins one, `rows` ends it with their number and digest, `end` is the last line, with the digest of all before. */
export type BackupMark =
  | readonly ['table', string]
  | readonly ['rows', number, string]
  | readonly ['end', string]

/** The table that stands in the head instead. */
const MIGRATIONS = 'migration'

const ROWS_AT_ONCE = 500

/** Takes a line, and is ready for the next when it returns. */
export type Say = (line: string) => Promise<void>

/** Says all tables as they are at one moment, line by line, whatever is written meanwhile. */
export async function sayBackup({ db }: Database, takenAt: string, sink: Say): Promise<void> {
  const all = createHash('sha256')
  const say: Say = (line) => {
    all.update(line).update('\n')
    return sink(line)
  }
  await db.transaction().execute(async (transaction) => {
    await sql`set transaction isolation level repeatable read, read only`.execute(transaction)
    const migrations = await migrationsIn(transaction)
    await say(JSON.stringify({ offtake: 'backup', format: 1, takenAt, migrations } satisfies BackupHead))
    for (const table of await tablesIn(transaction)) await sayTable(transaction, table, say)
  })
  await sink(JSON.stringify(['end', all.digest('hex')] satisfies BackupMark))
}

async function sayTable(transaction: Transaction<Tables>, table: string, say: Say): Promise<void> {
  await say(JSON.stringify(['table', table] satisfies BackupMark))
  const digest = createHash('sha256')
  let count = 0
  await sql`declare backup_rows no scroll cursor for select row_to_json(t)::text as row from ${sql.table(table)} t`.execute(
    transaction,
  )
  for (;;) {
    const { rows } = await sql<{ row: string }>`fetch ${sql.lit(ROWS_AT_ONCE)} from backup_rows`.execute(
      transaction,
    )
    if (rows.length === 0) break
    for (const { row } of rows) {
      digest.update(row).update('\n')
      await say(row)
    }
    count += rows.length
  }
  await sql`close backup_rows`.execute(transaction)
  await say(JSON.stringify(['rows', count, digest.digest('hex')] satisfies BackupMark))
}

async function migrationsIn(db: Kysely<Tables>): Promise<BackupHead['migrations']> {
  return db.selectFrom('migration').select(['number', 'digest']).orderBy('number').execute()
}

/** All of our tables, each after those that its rows refer to. */
export async function tablesIn(db: Kysely<Tables>): Promise<string[]> {
  const { rows: named } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = current_schema() order by tablename
  `.execute(db)
  const { rows: references } = await sql<{ name: string; needs: string }>`
    select one.relname as name, other.relname as needs
    from pg_constraint join pg_class one on one.oid = conrelid join pg_class other on other.oid = confrelid
    where contype = 'f' and one.relnamespace = current_schema()::regnamespace
  `.execute(db)
  const left = named.map(({ name }) => name).filter((name) => name !== MIGRATIONS)
  const sorted: string[] = []
  while (left.length > 0) {
    const next = left.findIndex((name) =>
      references.every((one) => one.name !== name || one.needs === name || sorted.includes(one.needs)),
    )
    sorted.push(...left.splice(Math.max(0, next), 1))
  }
  return sorted
}
