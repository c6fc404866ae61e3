import { runsOf } from '../member-runs.ts'
import type { PoolState } from '../pool-state.ts'

/** What is found while all that gangs of the pool have grown by is taken. */
export function besideGrown<Found>({ free, grown }: PoolState, find: () => Found): Found {
  const taken = new Map<number, number>()
  // On trial, some of it may be taken already.
  for (const [node, accelerators] of grown) taken.set(node, Math.min(accelerators, free.freeOf(node)))
  const runs = runsOf(taken)
  free.take(runs)
  const found = find()
  free.give(runs)
  return found
}
