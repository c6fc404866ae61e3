import type { Instant } from '../base/instant.ts'
import type { FleetPool } from '../capacity/fleet.ts'
import type { Role } from '../demand/gang.ts'
import { AllocationState } from './allocation-state.ts'
import { couldHold } from './could-hold.ts'

const START = 0 as Instant

/** A fleet on which nothing runs and nothing has failed: what it cannot hold can never start. */
export class EmptyFleet {
  readonly #state = new AllocationState()

  /** All the pools, whenever they are there. */
  constructor(pools: readonly FleetPool[]) {
    for (const { pool, groups, cpuCores } of pools) {
      this.#state.evolve({ kind: 'poolOpened', at: START, pool })
      this.#state.evolve({ kind: 'nodesAdded', at: START, poolId: pool.id, nodes: groups, cpuCores })
    }
  }

  /** Whether some pool has the hardware that each role accepts. */
  hasHardwareFor(roles: readonly Role[]): boolean {
    return this.#shapeOf(roles).pools.every((numbers) => numbers.length > 0)
  }

  /** Whether a gang of these roles would start, placed as any other. */
  holds(roles: readonly Role[]): boolean {
    const { pools } = this.#state
    const shape = this.#shapeOf(roles)
    return shape.anchors.some((number) => {
      const anchor = pools[number]
      return anchor !== undefined && couldHold(shape, anchor, pools)
    })
  }

  #shapeOf(roles: readonly Role[]) {
    const { shapes, pools } = this.#state
    const shape = shapes.of(roles, pools)
    if (shape.hasShares) this.#state.shareOut()
    return shape
  }
}
