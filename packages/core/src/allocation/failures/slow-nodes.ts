import type { NodeRun, Part } from '../events.ts'
import { CLOSED, RETIRED } from '../node-condition.ts'
import type { PoolState } from '../pool-state.ts'

/** What `look` finds while slow nodes of the pool count as taken; else what it finds with them. */
export function preferWhole<Found>(pool: PoolState, look: () => Found | undefined): Found | undefined {
  const { free } = pool
  const nodes = [...pool.slow.keys()].filter((node) => !free.isOut(node, CLOSED | RETIRED))
  for (const node of nodes) free.setOut(node, CLOSED, true)
  const found = look()
  for (const node of nodes) free.setOut(node, CLOSED, false)
  return found ?? look()
}

/** A gang is as slow as the slowest node that it sits on: this share of the speed that the hardware has. */
export function slowestNodeOf({ slow }: PoolState, runs: readonly NodeRun[]): number {
  let slowest = 1
  if (slow.size === 0) return slowest
  for (const { first, nodes } of runs)
    for (let node = first; node < first + nodes; node++) slowest = Math.min(slowest, slow.get(node) ?? 1)
  return slowest
}

/** Whether some of the parts lie on slow nodes. */
export function areSlow(parts: readonly Part[], poolOf: (id: string) => PoolState): boolean {
  return parts.some(({ poolId, runs }) => slowestNodeOf(poolOf(poolId), runs) < 1)
}

/** Nodes that are gone are not slow. Returns how many were. */
export function forgetSlow({ slow }: PoolState, first: number, nodes: number): number {
  let forgotten = 0
  if (slow.size > 0)
    for (let node = first; node < first + nodes; node++) if (slow.delete(node)) forgotten += 1
  return forgotten
}
