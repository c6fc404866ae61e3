import type { GangState } from './gang-state.ts'
import type { PoolState, Reservation } from './pool-state.ts'
import { tryPlace } from './trial.ts'

/**
 * Finds the earliest moment at which the gang fits, if every running gang ends by its limit and nothing else starts.
 * Returns nothing where it would not fit an empty pool either.
 */
export function reserve(
  pool: PoolState,
  gang: GangState,
  pools: readonly PoolState[],
): Reservation | undefined {
  return gang.shape.countsOnly ? reserveByCount(pool, gang) : reserveByTrial(pool, gang, pools)
}

function reserveByCount(pool: PoolState, gang: GangState): Reservation | undefined {
  const needed = gang.shape.accelerators
  let free = pool.free.free
  for (let i = 0; i < pool.running.length; ) {
    const end = (pool.running[i] as GangState).expectedEnd
    for (; i < pool.running.length && (pool.running[i] as GangState).expectedEnd === end; i++) {
      free += heldOnline(pool, pool.running[i] as GangState)
    }
    if (free >= needed)
      return { gangId: gang.gang.id, start: end, spare: Number.isFinite(end) ? free - needed : 0 }
  }
  return undefined
}

/** Lets the running gangs go one after the other until there is room, then puts all back. */
function reserveByTrial(
  pool: PoolState,
  gang: GangState,
  pools: readonly PoolState[],
): Reservation | undefined {
  let gone = 0
  let start: number | undefined
  while (gone < pool.running.length && start === undefined) {
    const end = (pool.running[gone] as GangState).expectedEnd
    for (; gone < pool.running.length && (pool.running[gone] as GangState).expectedEnd === end; gone++) {
      for (const part of partsIn(pool, pool.running[gone] as GangState)) pool.free.give(part.runs)
    }
    if (tryPlace(gang, pool, pools)) start = end
  }
  for (let i = 0; i < gone; i++) {
    for (const part of partsIn(pool, pool.running[i] as GangState)) pool.free.take(part.runs)
  }
  return start === undefined ? undefined : { gangId: gang.gang.id, start, spare: 0 }
}

function partsIn(pool: PoolState, gang: GangState): GangState['parts'] {
  return gang.parts.filter((part) => part.poolId === pool.pool.id)
}

/** Accelerators that the gang's end will set free: those on failed nodes will not be. */
function heldOnline(pool: PoolState, gang: GangState): number {
  let held = 0
  for (const part of partsIn(pool, gang)) {
    for (const run of part.runs) {
      for (let node = run.first; node < run.first + run.nodes; node++)
        if (pool.free.nodeOnline[node] === 1) held += run.each
    }
  }
  return held
}
