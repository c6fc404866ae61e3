import { instant } from '@offtake/core/base/instant'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Outcome } from '../engine/order.ts'
import type { JobRow, JournalRow, Tables } from './tables.ts'
import type { UsageSpanRow } from './usage-tables.ts'

/** The rows of read models that entries changed, as they are to stand. */
export interface ChangedRows {
  readonly jobs: readonly JobRow[]
  readonly spans: readonly UsageSpanRow[]
}

/** One change that was accepted, and what followed from it. */
export interface Entry {
  readonly seq: number
  readonly at: number
  readonly actor: string
  readonly command: string
  readonly events: string
  readonly result?: string
  readonly key?: string
  readonly digest?: string
  readonly hash: string
}

/** What a writer must hold to write: the epoch in which it leads. */
export interface Lead {
  readonly epoch: number
}

/** Another process leads by now, so nothing was written. */
export class NoLongerLeading extends Error {
  override readonly name = 'NoLongerLeading'
  constructor() {
    super('another engine leads by now')
  }
}

/**
 * Writes entries that follow the last one, in one transaction with the jobs that they changed. All of it is durable when this
 * returns, and none of it where it throws.
 */
export async function append(
  db: Kysely<Tables>,
  lead: Lead,
  entries: readonly Entry[],
  changed: ChangedRows,
): Promise<void> {
  if (entries.length === 0) return
  await db.transaction().execute((transaction) => appendWithin(transaction, lead, entries, changed))
}

/** Writes entries within a transaction that writes more. */
export async function appendWithin(
  transaction: Transaction<Tables>,
  { epoch }: Lead,
  entries: readonly Entry[],
  { jobs, spans }: ChangedRows,
): Promise<void> {
  const [first] = entries
  const last = entries.at(-1)
  if (!first || !last) return
  const { numUpdatedRows } = await transaction
    .updateTable('leadership')
    .set({ seq: last.seq, hash: last.hash })
    .where('epoch', '=', epoch)
    .where('seq', '=', first.seq - 1)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw new NoLongerLeading()
  await insertEntries(transaction, entries)
  if (jobs.length > 0) await upsertJobs(transaction, jobs)
  if (spans.length > 0) await upsertSpans(transaction, spans)
}

/** One parameter whatever the number of rows, so that the statement is planned once. */
async function insertEntries(transaction: Transaction<Tables>, entries: readonly Entry[]): Promise<void> {
  const rows = entries.map(({ key, digest, result, ...entry }) => ({
    ...entry,
    result: result ?? null,
    idempotency_key: key ?? null,
    body_digest: digest ?? null,
  }))
  await sql`
    insert into journal (seq, at, actor, command, events, result, idempotency_key, body_digest, hash)
    select seq, at, actor, command, events, result, idempotency_key, body_digest, hash
    from json_to_recordset(${JSON.stringify(rows)}::json) as row (
      seq bigint, at bigint, actor text, command text, events text, result text, idempotency_key text, body_digest text,
      hash text
    )
  `.execute(transaction)
}

async function upsertJobs(transaction: Transaction<Tables>, jobs: readonly JobRow[]): Promise<void> {
  await sql`
    insert into job (
      id, tenant, name, state, priority, accelerators, spec, submitted_at, started_at, ended_at, evictions, pool, exit_code, seq
    )
    select id, tenant, name, state, priority, accelerators, spec, submitted_at, started_at, ended_at, evictions, pool, exit_code, seq
    from json_to_recordset(${JSON.stringify(jobs)}::json) as row (
      id text, tenant text, name text, state text, priority integer, accelerators bigint, spec text, submitted_at bigint,
      started_at bigint, ended_at bigint, evictions integer, pool text, exit_code integer, seq bigint
    )
    on conflict (id) do update set
      state = excluded.state, started_at = excluded.started_at, ended_at = excluded.ended_at,
      evictions = excluded.evictions, pool = excluded.pool, exit_code = excluded.exit_code, seq = excluded.seq
  `.execute(transaction)
}

async function upsertSpans(transaction: Transaction<Tables>, spans: readonly UsageSpanRow[]): Promise<void> {
  await sql`
    insert into usage_span (gang, stay, n, tenant, pool, milli, started_at, ended_at)
    select gang, stay, n, tenant, pool, milli, started_at, ended_at
    from json_to_recordset(${JSON.stringify(spans)}::json) as row (
      gang text, stay integer, n integer, tenant text, pool text, milli bigint, started_at bigint, ended_at bigint
    )
    on conflict (gang, stay, n) do update set ended_at = excluded.ended_at
  `.execute(transaction)
}

const PAGE = 5_000

/** The entries after a number, page by page, in order. */
export async function* entriesAfter(db: Kysely<Tables>, seq: number): AsyncGenerator<JournalRow[]> {
  let after = seq
  for (;;) {
    const rows = await db
      .selectFrom('journal')
      .selectAll()
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(PAGE)
      .execute()
    const last = rows.at(-1)
    if (!last) return
    yield rows
    after = last.seq
  }
}

/** The entries of these actors' keys, as far as there are any. */
export async function entriesOfKeys(
  db: Kysely<Tables>,
  keys: readonly { readonly actor: string; readonly key: string }[],
): Promise<JournalRow[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<JournalRow>`
    select journal.*
    from json_to_recordset(${JSON.stringify(keys)}::json) as asked (actor text, key text)
    join journal on journal.actor = asked.actor and journal.idempotency_key = asked.key
  `.execute(db)
  return rows
}

/** What came of an entry, as it was answered. */
export function outcomeOf({ seq, at, events, result }: JournalRow): Outcome {
  return {
    seq,
    at: instant(at),
    events: JSON.parse(events),
    ...(result === null ? {} : { result: JSON.parse(result) }),
  }
}
