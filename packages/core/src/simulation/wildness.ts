import { type Instant, instant } from '../base/instant.ts'
import type { Prng } from '../base/prng.ts'

/** All moments of a drawn history are multiples of this, so that many things happen at once. */
export const TICK_MS = 60_000

/** How wild a drawn history is. */
export interface Wildness {
  readonly ticks: number
  readonly jobs: number
  readonly faults: number
  readonly cancels: number
  readonly hasQuotas: boolean
  readonly priorities: number
  readonly cpuCores: number
}

export function drawWildness(chance: Prng): Wildness {
  return {
    ticks: 40 + chance.below(160),
    jobs: 20 + chance.below(60),
    faults: chance.below(3) === 0 ? 0 : chance.below(20),
    cancels: chance.below(2) === 0 ? 0 : chance.below(15),
    hasQuotas: chance.below(3) > 0,
    priorities: pick(chance, [1, 1, 2, 3]),
    cpuCores: chance.below(2) === 0 ? 0 : 4 + chance.below(60),
  }
}

export function pick<Item>(chance: Prng, items: readonly Item[]): Item {
  return items[chance.below(items.length)] as Item
}

export function moment(ticks: number): Instant {
  return instant(ticks * TICK_MS)
}
