import type { Instant } from '../base/instant.ts'
import type { OutageScope } from '../capacity/outage-scope.ts'
import type { Pool } from '../capacity/pool.ts'
import type { NodeGroup } from '../capacity/topology.ts'
import type { Booking } from '../demand/booking.ts'
import type { Gang } from '../demand/gang.ts'
import type { OrderRules, Tenant } from '../demand/tenant.ts'
import type { Terms } from './money/terms.ts'

/** What happened, in order. The allocator's whole state follows from its events alone. */
export type AllocationEvent =
  | { readonly kind: 'poolOpened'; readonly at: Instant; readonly pool: Pool }
  | {
      readonly kind: 'tenantsSet'
      readonly at: Instant
      readonly tenants: readonly Tenant[]
      readonly noticeMs: number
      readonly order?: OrderRules
    }
  | { readonly kind: 'termsSet'; readonly at: Instant; readonly terms: Terms }
  /** By the terms alone something is otherwise: a price, what is there, an interval, or a take that is used up. */
  | { readonly kind: 'termsTurned'; readonly at: Instant }
  | {
      readonly kind: 'nodesAdded'
      readonly at: Instant
      readonly poolId: string
      readonly nodes: readonly NodeGroup[]
      readonly cpuCores: number
      /** They come while an outage holds that covers them. */
      readonly areOut?: true
    }
  | {
      readonly kind: 'nodesRemoved'
      readonly at: Instant
      readonly poolId: string
      readonly firstNode: number
      readonly nodes: number
      readonly cpuCores?: number
    }
  | {
      readonly kind: 'submitted'
      readonly at: Instant
      readonly gang: Gang
      /** What it is expected to take at speed 1, where it stated no limit and the policy foresees durations. */
      readonly expectedMs?: number
    }
  | {
      readonly kind: 'placed'
      readonly at: Instant
      readonly gangId: string
      readonly parts: readonly Part[]
      readonly borrowed: number
    }
  /** It has run for as long as it was expected to, and is expected to take so much in all. */
  | { readonly kind: 'outlasted'; readonly at: Instant; readonly gangId: string; readonly expectedMs: number }
  | { readonly kind: 'finished'; readonly at: Instant; readonly gangId: string }
  | { readonly kind: 'cancelled'; readonly at: Instant; readonly gangId: string }
  | {
      readonly kind: 'evicted'
      readonly at: Instant
      readonly gangId: string
      readonly because: EvictionCause
      readonly keptMs: number
      readonly lostMs: number
    }
  /**
   * A running gang's elastic role has another number of members. `parts` is all that it holds from now on: where it was placed,
   * and what it has grown by. `lostMs` of running time are thrown away where the change makes it load its last save.
   */
  | {
      readonly kind: 'resized'
      readonly at: Instant
      readonly gangId: string
      readonly parts: readonly Part[]
      readonly borrowed: number
      readonly lostMs: number
    }
  /** A running gang goes on elsewhere, at its smallest size, from its last save: what it did since is thrown away. */
  | {
      readonly kind: 'moved'
      readonly at: Instant
      readonly gangId: string
      readonly parts: readonly Part[]
      readonly borrowed: number
      readonly lostMs: number
    }
  /** Room is kept for an owner's gang, which starts there when all of it is free: at `by` at the latest. */
  | {
      readonly kind: 'handOverPlanned'
      readonly at: Instant
      readonly gangId: string
      readonly parts: readonly Part[]
      readonly by: Instant
    }
  | { readonly kind: 'handOverDropped'; readonly at: Instant; readonly gangId: string }
  | {
      readonly kind: 'reclaimAsked'
      readonly at: Instant
      readonly gangId: string
      readonly forGangId: string
      readonly by: Instant
    }
  | { readonly kind: 'reclaimDropped'; readonly at: Instant; readonly gangId: string }
  | { readonly kind: 'nodeFailed'; readonly at: Instant; readonly poolId: string; readonly node: number }
  | {
      readonly kind: 'nodeReturned'
      readonly at: Instant
      readonly poolId: string
      readonly node: number
      /** It is repaired, and still out of service for another reason. */
      readonly staysOut?: true
    }
  | {
      readonly kind: 'nodeDegraded'
      readonly at: Instant
      readonly poolId: string
      readonly node: number
      /** The share of its speed that is left. */
      readonly speed: number
    }
  /** From now on the gang runs so fast, because of the slowest node that it sits on. */
  | { readonly kind: 'paceChanged'; readonly at: Instant; readonly gangId: string; readonly speed: number }
  /** It failed so often of late that it is out of service until then, although it is repaired. */
  | {
      readonly kind: 'nodeKeptOut'
      readonly at: Instant
      readonly poolId: string
      readonly node: number
      readonly failures: number
      readonly until: Instant
    }
  | {
      readonly kind: 'nodeReadmitted'
      readonly at: Instant
      readonly poolId: string
      readonly node: number
      /** It is still out of service for another reason. */
      readonly staysOut?: true
    }
  /** `nodes`: those that were in service until now. */
  | {
      readonly kind: 'outageBegan'
      readonly at: Instant
      readonly outageId: string
      readonly of: OutageScope
      readonly nodes: readonly PoolNodes[]
      /** The provider took spot capacity back. */
      readonly because?: 'spotLost'
    }
  | {
      readonly kind: 'drainBegan'
      readonly at: Instant
      readonly outageId: string
      readonly of: OutageScope
      readonly by: Instant
    }
  /** The gang will be stopped then, unless it has ended. */
  | {
      readonly kind: 'leaveAsked'
      readonly at: Instant
      readonly gangId: string
      readonly outageId: string
      readonly by: Instant
    }
  /** `nodes`: those that are in service again. */
  | {
      readonly kind: 'outageEnded'
      readonly at: Instant
      readonly outageId: string
      readonly nodes: readonly PoolNodes[]
    }
  /** Its room: whole nodes. */
  | {
      readonly kind: 'windowBooked'
      readonly at: Instant
      readonly booking: Booking
      readonly poolId: string
      readonly room: readonly NodeStretch[]
    }
  /** It will open on other nodes, or lost some of them. */
  | {
      readonly kind: 'windowMoved'
      readonly at: Instant
      readonly windowId: string
      readonly poolId: string
      readonly room: readonly NodeStretch[]
    }
  /** These gangs must leave its room by then; nobody, where nobody is in its way. */
  | {
      readonly kind: 'windowNoticeGiven'
      readonly at: Instant
      readonly windowId: string
      readonly gangIds: readonly string[]
      readonly by: Instant
    }
  /** These gangs may stay. */
  | {
      readonly kind: 'windowNoticeDropped'
      readonly at: Instant
      readonly windowId: string
      readonly gangIds: readonly string[]
    }
  | { readonly kind: 'windowOpened'; readonly at: Instant; readonly windowId: string }
  | { readonly kind: 'windowClosed'; readonly at: Instant; readonly windowId: string }
  | { readonly kind: 'windowCancelled'; readonly at: Instant; readonly windowId: string }
  | {
      readonly kind: 'refused'
      readonly at: Instant
      readonly command: string
      readonly subject: string
      readonly because: RefusalCause
    }

export type EvictionCause =
  | 'reclaimed'
  | 'preempted'
  | 'nodeFailed'
  | 'nodesRemoved'
  | 'outage'
  | 'drained'
  | 'forWindow'
  | 'spotLost'

export type RefusalCause =
  | 'unknownGang'
  | 'duplicateGang'
  | 'unknownTenant'
  | 'unknownPool'
  | 'duplicatePool'
  | 'unknownNode'
  | 'nodeAlreadyFailed'
  | 'nodeNotFailed'
  | 'nodeAlreadySo'
  | 'duplicateOutage'
  | 'unknownOutage'
  | 'unknownProvider'
  | 'unknownDomain'
  | 'inThePast'
  | 'noticeTooShort'
  | 'notRunning'
  | 'notWaiting'
  | 'notMovable'
  /** It sits elsewhere than the plan says. */
  | 'hasMoved'
  /** What the plan counts on is not free, or would not become so. */
  | 'roomIsTaken'
  | 'beyondQuota'
  | 'alreadyEnded'
  | 'malformed'
  | 'timeRunsBackwards'
  | 'unknownWindow'
  | 'duplicateWindow'
  | 'windowInThePast'
  /** The fleet has no such room beside other bookings, and gangs that will not be gone by then. */
  | 'noRoomForWindow'
  /** The tenant does not own so much, beside what it booked for the same time. */
  | 'beyondItsRight'
  /** The gang's tenant is not the one that booked, nor below it. */
  | 'notItsWindow'

/** Nodes of one pool that follow one another. */
export interface PoolNodes {
  readonly poolId: string
  readonly first: number
  readonly nodes: number
}

/** Where one role of a gang sits: equal shares of consecutive nodes of one pool. */
export interface Part {
  readonly role: string
  readonly poolId: string
  readonly runs: readonly NodeRun[]
  readonly cpuCores: number
}

/** Nodes that follow one another. */
export interface NodeStretch {
  readonly first: number
  readonly nodes: number
}

/** `nodes` nodes from `first` on, `each` accelerators on every one, and what else is taken of every one. */
export interface NodeRun {
  readonly first: number
  readonly nodes: number
  readonly each: number
  /** So many thousandths of the accelerator that is `slot` among those of its node that are shared. */
  readonly milli?: number
  readonly slot?: number
  /** Where the node states its cores, or its memory. */
  readonly cpuMilli?: number
  readonly memoryMiB?: number
}

/** Thousandths of accelerators: what shares add up in exactly. */
export function milliOfPart(part: Part): number {
  let milli = 0
  for (const run of part.runs) milli += run.nodes * run.each * 1000 + (run.milli ?? 0)
  return milli
}

/** With shares as fractions, to a thousandth. */
export function acceleratorsOfPart(part: Part): number {
  let accelerators = 0
  let milli = 0
  for (const run of part.runs) {
    accelerators += run.nodes * run.each
    if (run.milli !== undefined) milli += run.milli
  }
  return milli === 0 ? accelerators : (1000 * accelerators + milli) / 1000
}
