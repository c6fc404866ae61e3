import type { Kysely } from 'kysely'
import { digestOf } from '../digest.ts'
import { type Entry, entriesAfter } from './journal.ts'
import type { JournalRow, Tables } from './tables.ts'

/** What an entry says, without its hash. */
export type Unchained = Omit<Entry, 'hash'>

/** Ties an entry to the one before it, whose hash is given; that of the first is empty. */
export function chained(entry: Unchained, previous: string): Entry {
  return { ...entry, hash: hashOf(entry, previous) }
}

function hashOf(
  { seq, at, actor, command, events, result = null, key = null, digest = null }: Loose,
  previous: string,
): string {
  const text = JSON.stringify([previous, seq, at, actor, command, events, result, key, digest])
  return digestOf(text)
}

type Loose = Pick<Entry, 'seq' | 'at' | 'actor' | 'command' | 'events'> & {
  readonly result?: string | null
  readonly key?: string | null
  readonly digest?: string | null
}

type Verdict =
  | { readonly kind: 'whole'; readonly entries: number; readonly head: string }
  /** The first entry that is not what was written, or is missing. */
  | { readonly kind: 'broken'; readonly seq: number; readonly because: 'changed' | 'missing' }

/** Reads the whole journal and works out its hashes anew. */
export async function verifyChain(db: Kysely<Tables>): Promise<Verdict> {
  // What the leader wrote last stands beside the journal, so that an end that was cut off is missed. Looked at first: what is
  // written while the journal is read comes after it.
  const end = await db.selectFrom('leadership').select(['seq', 'hash']).executeTakeFirstOrThrow()
  let seq = 0
  let head = ''
  for await (const page of entriesAfter(db, 0))
    for (const row of page) {
      if (row.seq !== seq + 1) return { kind: 'broken', seq: seq + 1, because: 'missing' }
      const isAsWritten = rehash(row, head) === row.hash && (row.seq !== end.seq || row.hash === end.hash)
      if (!isAsWritten) return { kind: 'broken', seq: row.seq, because: 'changed' }
      seq = row.seq
      head = row.hash
    }
  if (end.seq > seq) return { kind: 'broken', seq: seq + 1, because: 'missing' }
  return { kind: 'whole', entries: seq, head }
}

function rehash({ idempotency_key: key, body_digest: digest, ...row }: JournalRow, previous: string): string {
  return hashOf({ ...row, key, digest }, previous)
}
