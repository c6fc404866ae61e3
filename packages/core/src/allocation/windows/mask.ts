import type { AllocationState } from '../allocation-state.ts'
import type { NodeStretch } from '../events.ts'
import { BOOKED } from '../node-condition.ts'
import type { PoolState } from '../pool-state.ts'
import type { BookedWindow } from './booked-windows.ts'

/** Nodes that take no gangs while a place is sought beside them. Whatever else is changed must be undone before. */
export class Mask {
  readonly #out: { readonly pool: PoolState; readonly node: number }[] = []

  /** The room of these windows. */
  static over(state: AllocationState, windows: Iterable<BookedWindow>): Mask {
    const mask = new Mask()
    for (const { poolId, room } of windows)
      for (const { first, nodes } of room) mask.#take(state.pool(poolId), first, first + nodes)
    return mask
  }

  /** All nodes of the pool but these, which are in order. */
  static allBut(pool: PoolState, room: readonly NodeStretch[]): Mask {
    const mask = new Mask()
    let from = 0
    for (const { first, nodes } of room) {
      mask.#take(pool, from, first)
      from = first + nodes
    }
    mask.#take(pool, from, pool.free.nodes)
    return mask
  }

  undo(): void {
    for (const { pool, node } of this.#out) pool.free.setOut(node, BOOKED, false)
  }

  #take(pool: PoolState, first: number, until: number): void {
    for (let node = first; node < until; node++) {
      if (pool.free.isOut(node, BOOKED)) continue
      pool.free.setOut(node, BOOKED, true)
      this.#out.push({ pool, node })
    }
  }
}
