import type { PortfolioTables } from './portfolio-tables.ts'
import type { ServedTables } from './served-tables.ts'
import type { UsageTables } from './usage-tables.ts'

/** The tables as Kysely sees them: bigints come as numbers, since no count and no moment exceeds 2^53. */
export interface Tables extends PortfolioTables, ServedTables, UsageTables {
  readonly migration: MigrationRow
  readonly journal: JournalRow
  readonly snapshot: SnapshotRow
  readonly leadership: LeadershipRow
  readonly job: JobRow
  readonly token: TokenRow
}

export interface MigrationRow {
  readonly number: number
  readonly name: string
  readonly digest: string
}

export interface JournalRow {
  readonly seq: number
  readonly at: number
  readonly actor: string
  /** JSON of the command. */
  readonly command: string
  /** JSON of the list of events that followed from it. */
  readonly events: string
  /** JSON of what was answered, where that is not the events. */
  readonly result: string | null
  readonly idempotency_key: string | null
  readonly body_digest: string | null
  /** Of this row and the hash of the one before it. */
  readonly hash: string
}

export interface SnapshotRow {
  readonly seq: number
  readonly state: string
  readonly digest: string
}

export interface LeadershipRow {
  readonly singleton: boolean
  readonly epoch: number
  readonly seq: number
  readonly hash: string
  readonly holder: string
  readonly address: string
  readonly connections: string
  readonly leased_until: Date
}

export interface JobRow {
  readonly id: string
  readonly tenant: string
  readonly name: string
  readonly state: JobState
  readonly priority: number
  readonly accelerators: number
  readonly spec: string
  readonly submitted_at: number
  readonly started_at: number | null
  readonly ended_at: number | null
  readonly evictions: number
  readonly pool: string | null
  /** Of what really ran, once it has ended by itself. */
  readonly exit_code: number | null
  readonly seq: number
}

export type JobState = 'waiting' | 'running' | 'finished' | 'cancelled' | 'failed'

export interface TokenRow {
  readonly id: string
  /** SHA-256 of its secret, which is kept nowhere. */
  readonly hash: string
  readonly name: string
  readonly actor: string
  /** JSON of the list of its roles. */
  readonly roles: string
  readonly tenant: string | null
  readonly created_at: number
  readonly created_by: string
  readonly expires_at: number
  readonly revoked_at: number | null
}
