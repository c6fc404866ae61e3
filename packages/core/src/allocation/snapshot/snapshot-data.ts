import type { OutageScope } from '../../capacity/outage-scope.ts'
import type { Pool } from '../../capacity/pool.ts'
import type { NodeGroup } from '../../capacity/topology.ts'
import type { Booking } from '../../demand/booking.ts'
import type { Gang } from '../../demand/gang.ts'
import type { OrderRules, Tenant } from '../../demand/tenant.ts'
import type { SeenDurations } from '../durations/durations.ts'
import type { NodeRun, Part } from '../events.ts'
import type { AskedKind } from '../shares/learnt-mix.ts'
import type { AverageEntry } from '../turns/held-averages.ts'
import type { MoneySnapshot } from './money-snapshot.ts'

export const SNAPSHOT_VERSION = 1

/**
 * All that the allocator knows, as plain JSON data. What follows from it (indexes, openings, reservations) is left out and
 * found anew after a restore, so decisions go on as if nothing had happened in between.
 */
export interface Snapshot {
  readonly version: typeof SNAPSHOT_VERSION
  /** Absent before the first event. */
  readonly now?: number
  readonly noticeMs: number
  readonly nextSeq: number
  readonly tenants: readonly Tenant[]
  readonly pools: readonly PoolSnapshot[]
  /** Waiting and running gangs, by their numbers. */
  readonly gangs: readonly GangSnapshot[]
  /** In the order in which they were asked for. */
  readonly handOvers: readonly HandOverSnapshot[]
  readonly ended: readonly string[]
  /** Whose turn it is; absent where nobody has turns. */
  readonly turns?: { readonly rules: OrderRules; readonly averages: readonly AverageEntry[] }
  /** What was learnt of durations, by group; absent where nothing was. */
  readonly durations?: readonly (readonly [string, SeenDurations])[]
  /** In the order in which they were booked; absent where none are. */
  readonly windows?: readonly WindowSnapshot[]
  /** Those that are over; absent where none is. */
  readonly windowsGone?: readonly string[]
  /** Absent where no terms were set. */
  readonly money?: MoneySnapshot
  /** Those that hold or are announced, in the order in which they were told; absent where there is none. */
  readonly outages?: readonly OutageSnapshot[]
  /** Nodes that failed of late where repeated offenders are kept out; absent where there is none. */
  readonly offenders?: readonly OffenderSnapshot[]
  /** Absent where nobody has asked for a share yet and no node states cores or memory. */
  readonly mix?: MixSnapshot
}

export interface OffenderSnapshot {
  readonly poolId: string
  readonly node: number
  readonly failures: readonly number[]
  readonly keptOutUntil?: number
}

export interface OutageSnapshot {
  readonly id: string
  readonly of: OutageScope
  /** When an announced one begins; absent once it holds. */
  readonly by?: number
}

/** What gangs have asked for. */
export interface MixSnapshot {
  readonly sharesOut: boolean
  readonly kinds: readonly AskedKind[]
}

export interface WindowSnapshot {
  readonly booking: Booking
  readonly poolId: string
  readonly room: readonly Stretch[]
  readonly done: number
  readonly isOpen: boolean
  readonly isNoticed: boolean
  readonly leaving: readonly { readonly gangId: string; readonly by: number }[]
}

export interface PoolSnapshot {
  readonly pool: Pool
  readonly groups: readonly NodeGroup[]
  readonly cpuCores: number
  readonly failed: readonly Stretch[]
  readonly removed: readonly Stretch[]
  /** Nodes that stand by for others of their domain; absent where there is none. */
  readonly spare?: readonly Stretch[]
  /** Slow nodes with their speed; absent where there is none. */
  readonly slow?: readonly (readonly [number, number])[]
}

/** Nodes that follow one another. */
export interface Stretch {
  readonly first: number
  readonly nodes: number
}

export interface GangSnapshot {
  readonly gang: Gang
  readonly seq: number
  readonly submittedAt: number
  readonly evictions: number
  readonly keptMs: number
  /** Absent where it has not run before. */
  readonly servedMs?: number
  /** Absent where it stated a limit, or nobody asked. */
  readonly expectedMs?: number
  readonly taughtLevel?: number
  /** How often its size or place has changed; absent where they never have. */
  readonly resizes?: number
  /** Absent while it waits. */
  readonly stay?: StaySnapshot
}

export interface StaySnapshot {
  readonly placedAt: number
  readonly parts: readonly Part[]
  readonly borrowed: number
  /** Absent where its size and place have never changed. */
  readonly changes?: StayChanges
}

/** How a running gang has come along whose size or place has changed, in this stay or before. */
export interface StayChanges {
  readonly since: number
  readonly loadMs: number
  readonly loadedMs: number
  readonly openMs: number
  readonly clockMs: number
  readonly grown: readonly NodeRun[]
}

export interface HandOverSnapshot {
  readonly gangId: string
  readonly parts: readonly Part[]
  readonly by: number
  /** Those first that lose least. */
  readonly victims: readonly string[]
}
