import { type Kysely, sql } from 'kysely'
import pg from 'pg'
import type { Database } from './database.ts'
import type { Lead } from './journal.ts'
import type { Tables } from './tables.ts'

/** Who leads, for people and for those who forward to it. */
export interface Leader {
  readonly holder: string
  /** Where its API is. */
  readonly address: string
}

/** How long a leader promises to live; who does not hear of it any longer may take over. */
export const LEASE_MS = 2_500

/** Takes the lead: whoever led before can write no more, since its epoch is over. */
export async function takeLead(
  db: Kysely<Tables>,
  { holder, address }: Leader,
  connections = '',
): Promise<Lead> {
  return db
    .updateTable('leadership')
    .set((row) => ({ epoch: row('epoch', '+', 1), holder, address, connections, leased_until: leased() }))
    .returning('epoch')
    .executeTakeFirstOrThrow()
}

/** Promises to live on; false where another leads. */
export async function renewLease(db: Kysely<Tables>, { epoch }: Lead): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('leadership')
    .set({ leased_until: leased() })
    .where('epoch', '=', epoch)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Lets go of it, so that others need not wait. */
export async function endLease(db: Kysely<Tables>, { epoch }: Lead): Promise<void> {
  await db
    .updateTable('leadership')
    .set({ leased_until: sql`'-infinity'`, address: '' })
    .where('epoch', '=', epoch)
    .execute()
}

/** Who leads now, and how far its journal is; nobody where the last one's lease is over. */
export async function currentLeader(
  db: Kysely<Tables>,
): Promise<{ readonly seq: number; readonly leader: Leader | undefined }> {
  const row = await db
    .selectFrom('leadership')
    .select(['seq', 'holder', 'address', sql<boolean>`leased_until > now()`.as('lives')])
    .executeTakeFirstOrThrow()
  const { seq, holder, address, lives } = row
  return { seq, leader: lives ? { holder, address } : undefined }
}

function leased() {
  return sql<Date>`now() + make_interval(secs => ${LEASE_MS / 1_000})`
}

/** Any number that nothing else of a database of ours takes as its advisory lock. */
const LEADER_LOCK = 0x0ff7a4f

/**
 * The advisory lock of a PostgreSQL that who leads holds on a connection of its own. It is free at once where its holder's process
 * is dead. A process that was stopped holds it on, and perhaps rows too, in the middle of a transaction; its lease says so, and then
 * all its connections are ended.
 */
export class LeaderLock {
  readonly #client: pg.Client
  #isLost = false

  private constructor(client: pg.Client) {
    this.#client = client
    client.on('error', () => {
      this.#isLost = true
    })
  }

  static async connect({ url, connections }: NonNullable<Database['server']>): Promise<LeaderLock> {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 2_000,
      application_name: connections,
    })
    const lock = new LeaderLock(client)
    await client.connect()
    return lock
  }

  get isLost(): boolean {
    return this.#isLost
  }

  /** False where another holds the lock. */
  async tryTake(): Promise<boolean> {
    const { rows } = await this.#client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock($1) as taken',
      [LEADER_LOCK],
    )
    return rows[0]?.taken === true
  }

  /** Ends the connections of a leader whose lease is over, so that its locks come free; says whether there were any. */
  async endExpired(): Promise<boolean> {
    const { rowCount } = await this.#client.query(`
      select pg_terminate_backend(pid) from pg_stat_activity, leadership
      where application_name = connections and leased_until < now()
    `)
    return (rowCount ?? 0) > 0
  }

  async close(): Promise<void> {
    await this.#client.end().catch(() => undefined)
  }
}
