import type { Pool } from '../capacity/pool.ts'
import type { NodeGroup } from '../capacity/topology.ts'
import { FreeIndex } from './free-index.ts'
import type { GangState } from './gang-state.ts'

/** One pool as the allocator knows it. */
export interface PoolState {
  readonly number: number
  readonly pool: Pool
  readonly free: FreeIndex
  readonly groups: NodeGroup[]
  cpuCores: number
  cpuFree: number
  /** The gangs that run here, by their expected end. */
  readonly running: GangState[]
  /** Accelerators that are kept for owners who asked for them back. */
  kept: number
  /** The place in the future that the first gang which finds no room here is promised: derived, never stored. */
  reservation: Reservation | undefined
  /** Something happened that the reservation did not foresee. */
  disturbed: boolean
  /** In this pass a gang that may not be passed waits for this pool. */
  blocked: boolean
}

export function newPoolState(pool: Pool, number: number): PoolState {
  return {
    number,
    pool,
    free: new FreeIndex(),
    groups: [],
    cpuCores: 0,
    cpuFree: 0,
    running: [],
    kept: 0,
    reservation: undefined,
    disturbed: false,
    blocked: false,
  }
}

/** The place in the future that a waiting gang is promised in one pool. */
export interface Reservation {
  readonly gangId: string
  /** When enough running gangs will have ended, by their limits; infinite where that cannot be told. */
  readonly start: number
  /** Accelerators that will be free beside it then; 0 where a count does not tell, because the topology matters. */
  spare: number
}

/** Keeps `running` sorted by expected end, then by submission. */
export function insertRunning(pool: PoolState, gang: GangState): void {
  pool.running.splice(placeOf(pool.running, gang), 0, gang)
}

export function removeRunning(pool: PoolState, gang: GangState): void {
  const at = placeOf(pool.running, gang)
  if (pool.running[at] === gang) pool.running.splice(at, 1)
}

function placeOf(running: readonly GangState[], gang: GangState): number {
  let low = 0
  let high = running.length
  while (low < high) {
    const middle = (low + high) >> 1
    const other = running[middle] as GangState
    if (
      other.expectedEnd < gang.expectedEnd ||
      (other.expectedEnd === gang.expectedEnd && other.seq < gang.seq)
    )
      low = middle + 1
    else high = middle
  }
  return low
}
