import { isWhole } from '../../capacity/outage-scope.ts'
import type { AllocationEvent } from '../events.ts'
import { DRAINING, OUTAGE } from '../node-condition.ts'
import type { PoolState } from '../pool-state.ts'
import type { Outage } from './outage.ts'
import { type NodeRange, rangeIn } from './range-in.ts'
import { settleSpares } from './spares.ts'

type OutageEvent = Extract<AllocationEvent, { kind: 'outageBegan' | 'drainBegan' | 'outageEnded' }>

/** The outages that hold or are announced, and what they make of the pools. It changes by events alone. */
export class OutageBook {
  readonly #byId = new Map<string, Outage>()

  get size(): number {
    return this.#byId.size
  }

  get(id: string): Outage | undefined {
    return this.#byId.get(id)
  }

  /** In the order in which they were told. */
  [Symbol.iterator](): Iterator<Outage> {
    return this.#byId.values()
  }

  evolve(event: OutageEvent, pools: readonly PoolState[]): void {
    const { outageId: id } = event
    const of = event.kind === 'outageEnded' ? this.#byId.get(id)?.of : event.of
    this.#byId.delete(id)
    if (event.kind === 'outageBegan') this.#byId.set(id, { id, of: event.of })
    if (event.kind === 'drainBegan') this.#byId.set(id, { id, of: event.of, by: event.by })
    for (const pool of pools) {
      const range = of && rangeIn(of, pool)
      if (range) this.#mark(pool, range)
    }
  }

  /** Nodes and cores have come to a pool, or the pool itself, perhaps while an outage covers all of it. */
  supplyChanged(pool: PoolState, firstNew: number): void {
    if (this.#byId.size > 0) this.#mark(pool, { first: firstNew, until: pool.free.nodes })
  }

  /** Whether an outage that holds, other than this one, covers the node. */
  isCovered(pool: PoolState, node: number, except: string): boolean {
    for (const { id, of, by } of this.#byId.values()) {
      if (id === except || by !== undefined) continue
      const range = rangeIn(of, pool)
      if (range && isIn(range, node)) return true
    }
    return false
  }

  /** Marks nodes of the pool as the outages have them, and counts what they leave of its cores. */
  #mark(pool: PoolState, { first, until }: NodeRange): void {
    const touching = [...this.#byId.values()].filter(({ of }) => rangeIn(of, pool))
    const holding = rangesOf(
      touching.filter(({ by }) => by === undefined),
      pool,
    )
    pool.drains = touching.filter(({ by }) => by !== undefined)
    const announced = rangesOf(pool.drains, pool)
    for (let node = first; node < until; node++) {
      if (pool.free.isRetired(node)) continue
      pool.free.setOut(
        node,
        OUTAGE,
        holding.some((range) => isIn(range, node)),
      )
      pool.free.setOut(
        node,
        DRAINING,
        announced.some((range) => isIn(range, node)),
      )
    }
    settleSpares(pool, { first, until })
    const whole = touching.filter(({ of }) => isWhole(of, pool.pool))
    pool.isOut = whole.some(({ by }) => by === undefined)
    const coresOut = whole.length > 0 ? pool.cpuCores : 0
    pool.cpuFree += pool.coresOut - coresOut
    pool.coresOut = coresOut
  }
}

function rangesOf(outages: readonly Outage[], pool: PoolState): NodeRange[] {
  return outages.flatMap(({ of }) => rangeIn(of, pool) ?? [])
}

function isIn({ first, until }: NodeRange, node: number): boolean {
  return node >= first && node < until
}
