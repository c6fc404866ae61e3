import { createHash, type Hash } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import { verifyChain } from '../store/chain.ts'
import type { Database } from '../store/database.ts'
import { migrate } from '../store/migrate.ts'
import type { Tables } from '../store/tables.ts'
import { type BackupHead, type BackupMark, tablesIn } from './backup-lines.ts'
import { BackupProblem } from './backup-problem.ts'

export interface Restored {
  readonly takenAt: string
  readonly rows: number
  /** Entries of the journal, whose chain of hashes was worked out anew. */
  readonly entries: number
}

/** A backup of which the first line was read. */
export interface OpenedBackup {
  readonly head: BackupHead
  readonly reading: Reading
}

/** Looks whether it is a backup at all, before any database is touched. */
export async function openBackup(lines: AsyncIterable<string>): Promise<OpenedBackup> {
  const reading = new Reading(lines)
  return { head: headOf(await reading.next()), reading }
}

/**
 * Brings a backup into a database that is new. The tables are made as they were when it was taken, filled and checked in one
 * transaction, and then brought up to date as any older database is.
 */
export async function restoreInto(database: Database, { head, reading }: OpenedBackup): Promise<Restored> {
  await migrate(database, head.migrations.length)
  const restored = await database.db.transaction().execute(async (transaction) => {
    await requireSameTables(transaction, head)
    await requireEmpty(transaction)
    await transaction.deleteFrom('leadership').execute()
    const rows = await fill(transaction, reading)
    await forgetLeader(transaction)
    const verdict = await verifyChain(transaction)
    if (verdict.kind === 'broken')
      throw new BackupProblem(`the journal is not whole: entry ${verdict.seq} is ${verdict.because}`)
    return { takenAt: head.takenAt, rows, entries: verdict.entries }
  })
  await migrate(database)
  return restored
}

function headOf(line: string): BackupHead {
  const head = parsed(line) as Partial<BackupHead>
  if (head.offtake !== 'backup') throw new BackupProblem('the file is no backup')
  if (head.format !== 1) throw new BackupProblem('the backup was made by a later version: use that one')
  return head as BackupHead
}

async function requireSameTables(
  transaction: Transaction<Tables>,
  { migrations }: BackupHead,
): Promise<void> {
  const ours = await transaction
    .selectFrom('migration')
    .select(['number', 'digest'])
    .orderBy('number')
    .execute()
  if (ours.length > migrations.length)
    throw new BackupProblem('the database is not new: restore into one in which nothing was ever served')
  if (JSON.stringify(ours) !== JSON.stringify(migrations))
    throw new BackupProblem('the backup was made by another version, which has other tables: use a later one')
}

async function requireEmpty(transaction: Transaction<Tables>): Promise<void> {
  for (const table of await tablesIn(transaction)) {
    if (table === 'leadership') continue
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(transaction)
    if (rows.length > 0) throw new BackupProblem(`the database is not empty: ${table} has rows`)
  }
}

/** Whoever led then does not lead now; a process that still believes so may write no more. */
async function forgetLeader(transaction: Transaction<Tables>): Promise<void> {
  await transaction
    .updateTable('leadership')
    .set((row) => ({
      epoch: row('epoch', '+', 1),
      address: '',
      connections: '',
      leased_until: sql`'-infinity'`,
    }))
    .execute()
}

const ROWS_AT_ONCE = 500
const CHARACTERS_AT_ONCE = 8_000_000

/** Takes in table after table up to the end; each must have as many rows as it says, and be what was written. */
async function fill(transaction: Transaction<Tables>, reading: Reading): Promise<number> {
  const tables = await tablesIn(transaction)
  let rows = 0
  for (;;) {
    const sofar = reading.digest()
    const [kind, value] = parsed(await reading.next()) as BackupMark
    if (kind === 'end') {
      if (value !== sofar) throw new BackupProblem('the backup is not what was written')
      return rows
    }
    if (kind !== 'table' || !tables.includes(value))
      throw new BackupProblem(`the backup has a table of no use: ${value}`)
    rows += await fillTable(transaction, value, reading)
  }
}

async function fillTable(transaction: Transaction<Tables>, table: string, reading: Reading): Promise<number> {
  const digest = createHash('sha256')
  let batch: string[] = []
  let characters = 0
  let count = 0
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await insert(transaction, table, `[${batch.join()}]`)
    batch = []
    characters = 0
  }
  for (;;) {
    const line = await reading.next()
    if (line.startsWith('[')) {
      await flush()
      const [kind, rows, said] = parsed(line) as BackupMark
      if (kind !== 'rows' || rows !== count || said !== digest.digest('hex'))
        throw new BackupProblem(`what the backup has of ${table} is not what was written`)
      return count
    }
    digest.update(line).update('\n')
    batch.push(line)
    characters += line.length
    count += 1
    if (batch.length >= ROWS_AT_ONCE || characters >= CHARACTERS_AT_ONCE) await flush()
  }
}

async function insert(db: Kysely<Tables>, table: string, rows: string): Promise<void> {
  await sql`
    insert into ${sql.table(table)} select * from json_populate_recordset(null::${sql.table(table)}, ${rows}::json)
  `.execute(db)
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new BackupProblem('the file is no backup')
  }
}

/** Line after line, with a digest of those that were read. */
class Reading {
  readonly #lines: AsyncIterator<string>
  readonly #hash: Hash = createHash('sha256')

  constructor(lines: AsyncIterable<string>) {
    this.#lines = lines[Symbol.asyncIterator]()
  }

  async next(): Promise<string> {
    const { done, value } = await this.#lines.next()
    if (done) throw new BackupProblem('the backup is cut off')
    this.#hash.update(value).update('\n')
    return value
  }

  digest(): string {
    return this.#hash.copy().digest('hex')
  }
}
