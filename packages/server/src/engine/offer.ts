import type { Engine } from './engine.ts'
import { KeyConflict, type Order, Refused } from './order.ts'

/** Gives an order that the allocator may refuse, or whose key may have been used for another: then what is there stays as it is. */
export async function offer(engine: Engine, order: Order): Promise<void> {
  try {
    await engine.submit(order)
  } catch (error) {
    if (!(error instanceof Refused || error instanceof KeyConflict)) throw error
  }
}
