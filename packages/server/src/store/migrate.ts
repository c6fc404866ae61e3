import { readdir, readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { digestOf } from '../digest.ts'
import type { Database } from './database.ts'

const FOLDER = new URL('../../migrations/', import.meta.url)

/** A file of `migrations/`: applied once, in the order of the numbers, and never changed after that. */
interface Migration {
  readonly number: number
  readonly name: string
  readonly text: string
  readonly digest: string
}

/** The database was made by a later version, or a migration was changed after it had been applied. */
class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

/** Any number that nothing else of a database of ours takes as its advisory lock. */
const MIGRATION_LOCK = 0x0ff7a4e

/**
 * Brings the tables up to date, or to those of a number: what is missing is applied, each file whole or not at all, by one process
 * at a time.
 */
export async function migrate({ db, script }: Database, upTo = Number.POSITIVE_INFINITY): Promise<void> {
  const migrations = await readMigrations()
  await script(
    'create table if not exists migration (number integer primary key, name text not null, digest text not null)',
  )
  for (const migration of migrations.slice(0, upTo)) {
    await db.transaction().execute(async (transaction) => {
      await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(transaction)
      const known = await transaction
        .selectFrom('migration')
        .selectAll()
        .where('number', '=', migration.number)
        .executeTakeFirst()
      if (known) return requireSame(known, migration)
      for (const statement of statementsOf(migration.text)) await sql.raw(statement).execute(transaction)
      const { number, name, digest } = migration
      await transaction.insertInto('migration').values({ number, name, digest }).execute()
    })
  }
  const newest = await db
    .selectFrom('migration')
    .select('number')
    .orderBy('number', 'desc')
    .executeTakeFirst()
  if (newest && newest.number > migrations.length)
    throw new MigrationError(
      `the database is at migration ${newest.number}, and this version knows ${migrations.length}: use a later one`,
    )
}

/** How many migrations a database does not have yet; looks without changing anything. */
export async function pendingMigrations({ db }: Database): Promise<number> {
  const all = (await readMigrations()).length
  const { rows } = await sql<{
    there: boolean
  }>`select to_regclass('migration') is not null as there`.execute(db)
  if (!rows[0]?.there) return all
  const { applied } = await db
    .selectFrom('migration')
    .select(({ fn }) => fn.countAll<number>().as('applied'))
    .executeTakeFirstOrThrow()
  return Math.max(0, all - Number(applied))
}

/** Of all migrations together: what was made by the same ones has the same. */
export async function migrationsDigest(): Promise<string> {
  const digests = (await readMigrations()).map(({ digest }) => digest)
  return digestOf(digests.join())
}

function requireSame(known: { readonly digest: string }, { name, digest }: Migration): void {
  if (known.digest !== digest)
    throw new MigrationError(`migration ${name} is not what was applied to this database`)
}

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name, n): Promise<Migration> => {
      const text = await readFile(new URL(name, FOLDER), 'utf8')
      const number = Number.parseInt(name, 10)
      if (number !== n + 1) throw new MigrationError(`migration ${name} is not number ${n + 1}`)
      return { number, name, text, digest: digestOf(text) }
    }),
  )
}

/** Statements end with a semicolon at the end of a line; a body between `$$` is part of its statement. */
function statementsOf(text: string): string[] {
  const statements: string[] = []
  let statement = ''
  let isInBody = false
  for (const line of text.split('\n')) {
    if (!isInBody && line.startsWith('--')) continue
    statement += `${line}\n`
    if (line.split('$$').length % 2 === 0) isInBody = !isInBody
    if (isInBody || !line.trimEnd().endsWith(';')) continue
    statements.push(statement)
    statement = ''
  }
  return statement.trim() === '' ? statements : [...statements, statement]
}
