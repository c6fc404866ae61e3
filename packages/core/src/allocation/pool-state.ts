import type { Pool } from '../capacity/pool.ts'
import type { NodeGroup } from '../capacity/topology.ts'
import type { Outage } from './failures/outage.ts'
import { FreeIndex } from './free-index.ts'
import type { KeptRoom } from './kept-room.ts'
import { NodeHolders } from './node-holders.ts'
import { RunningGangs } from './running-gangs.ts'
import type { Shape } from './shape.ts'
import type { PoolRoom } from './shares/pool-room.ts'

/** One pool as the allocator knows it. */
export interface PoolState {
  readonly number: number
  readonly pool: Pool
  readonly free: FreeIndex
  readonly groups: NodeGroup[]
  /** Shares, and cores and memory by node; absent where nobody asks for a share and no node states those. */
  room: PoolRoom | undefined
  cpuCores: number
  cpuFree: number
  /** Cores that are out of service, or take no more gangs, because an outage of the whole pool holds or is announced. */
  coresOut: number
  /** Whether an outage of the whole pool holds. */
  isOut: boolean
  /** Announced outages of which some nodes are here. */
  drains: readonly Outage[]
  /** Nodes that work, and are slow: each with the share of its speed that is left. */
  readonly slow: Map<number, number>
  readonly running: RunningGangs
  /** What elastic gangs have grown by, by node: it counts as free, and they shrink for whoever takes it. */
  readonly grown: Map<number, number>
  readonly holders: NodeHolders
  /** What is kept here for owners who asked for it, in the order in which they did. */
  readonly kept: KeptRoom[]
  /** The place in the future that the first gang which finds no room here is promised: derived, never stored. */
  reservation: Reservation | undefined
  /** In this pass a gang that may not be passed waits for this pool. */
  blocked: boolean
  /** When each shape that was asked for will find room, as far as it is known: derived, never stored. */
  readonly openings: Map<Shape, Opening | undefined>
  /** Whether each shape would find room if nothing ran and no node had failed: derived, never stored. */
  readonly couldHold: Map<Shape, boolean>
}

export function newPoolState(pool: Pool, number: number): PoolState {
  return {
    number,
    pool,
    free: new FreeIndex(),
    groups: [],
    room: undefined,
    cpuCores: 0,
    cpuFree: 0,
    coresOut: 0,
    isOut: false,
    drains: [],
    slow: new Map(),
    running: new RunningGangs(),
    grown: new Map(),
    holders: new NodeHolders(),
    kept: [],
    reservation: undefined,
    blocked: false,
    openings: new Map(),
    couldHold: new Map(),
  }
}

/** When a shape finds room in a pool, if every running gang ends by its limit and nothing else starts. */
export interface Opening {
  /** When enough running gangs will have ended, by their limits; infinite where that cannot be told. */
  readonly start: number
  /** Accelerators that will be free beside it then; 0 where a count does not tell, because the topology matters. */
  spare: number
  spareCores: number
}

/** The place in the future that a waiting gang is promised in one pool. */
export interface Reservation {
  readonly gangId: string
  /** The pool of its accelerators, where it is promised places in several. */
  readonly anchor: PoolState
  readonly opening: Opening
  /** Whether it runs on its tenants' own there. */
  readonly isForOwner: boolean
}
