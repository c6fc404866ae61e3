import type { AllocationState } from '../allocation-state.ts'
import type { Part } from '../events.ts'
import { heldByNode } from '../member-runs.ts'
import type { PoolState } from '../pool-state.ts'

/** What would be free node by node after some have left and others have come, without a change to anything. */
export class RoomTally {
  readonly #state: AllocationState
  readonly #taken = new Map<PoolState, { readonly nodes: Map<number, number>; cores: number }>()

  constructor(state: AllocationState) {
    this.#state = state
  }

  /** Returns whether there was room for all of them. */
  take(parts: readonly Part[]): boolean {
    return parts.map((part) => this.#count(part, 1)).every((hadRoom) => hadRoom)
  }

  /** Nothing becomes free on a node that takes no gangs. */
  leave(parts: readonly Part[]): void {
    for (const part of parts) this.#count(part, -1)
  }

  #count({ poolId, runs, cpuCores }: Part, sign: 1 | -1): boolean {
    const pool = this.#state.pool(poolId)
    const taken = this.#taken.get(pool) ?? { nodes: new Map<number, number>(), cores: 0 }
    this.#taken.set(pool, taken)
    taken.cores += sign * cpuCores
    let hasRoom = taken.cores <= pool.cpuFree || cpuCores === 0
    for (const [node, held] of heldByNode(runs)) {
      if (sign === -1 && !pool.free.isOnline(node)) continue
      const sum = (taken.nodes.get(node) ?? 0) + sign * held
      taken.nodes.set(node, sum)
      if (sum > pool.free.freeOf(node)) hasRoom = false
    }
    return hasRoom
  }
}
