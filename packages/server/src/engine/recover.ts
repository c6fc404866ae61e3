import { AllocationState } from '@offtake/core/allocation/allocation-state'
import { Allocator } from '@offtake/core/allocation/allocator'
import type { AllocationEvent } from '@offtake/core/allocation/events'
import type { QueuePolicy } from '@offtake/core/allocation/policies/queue-policy'
import { restoreSnapshot } from '@offtake/core/allocation/snapshot'
import type { Kysely } from 'kysely'
import { entriesAfter } from '../store/journal.ts'
import { newestSnapshot } from '../store/snapshots.ts'
import type { Tables } from '../store/tables.ts'
import type { Memory } from './decide.ts'
import { JobBook } from './job-book.ts'
import { UsageBook } from './usage-book.ts'

/** What an engine knows when it has read all that is durable. */
export interface Recovered extends Memory {
  /** Events that were replayed after the snapshot. */
  readonly replayed: number
}

/** The newest snapshot, and all events after it; all events from the first on where there is none that can be read. */
export async function recover(db: Kysely<Tables>, policy: QueuePolicy): Promise<Recovered> {
  const start = await startingState(db)
  let { seq, hash } = start
  let replayed = 0
  for await (const page of entriesAfter(db, seq)) {
    for (const row of page) {
      const events: AllocationEvent[] = JSON.parse(row.events)
      for (const event of events) start.state.evolve(event)
      replayed += events.length
      seq = row.seq
      hash = row.hash
    }
  }
  const alive = await db.selectFrom('job').selectAll().where('ended_at', 'is', null).execute()
  const open = await db.selectFrom('usage_span').selectAll().where('ended_at', 'is', null).execute()
  const jobs = new JobBook(alive, new UsageBook(open))
  return { allocator: new Allocator(policy, start.state), jobs, seq, hash, replayed }
}

async function startingState(db: Kysely<Tables>): Promise<Start> {
  const snapshot = await newestSnapshot(db)
  const restored = snapshot && restoreSnapshot(JSON.parse(snapshot.state))
  return snapshot && restored?.ok
    ? { state: restored.value, seq: snapshot.seq, hash: await hashAt(db, snapshot.seq) }
    : { state: new AllocationState(), seq: 0, hash: '' }
}

interface Start {
  readonly state: AllocationState
  readonly seq: number
  readonly hash: string
}

async function hashAt(db: Kysely<Tables>, seq: number): Promise<string> {
  const { hash } = await db
    .selectFrom('journal')
    .select('hash')
    .where('seq', '=', seq)
    .executeTakeFirstOrThrow()
  return hash
}
