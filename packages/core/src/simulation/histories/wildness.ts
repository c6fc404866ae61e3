import { type Instant, instant } from '../../base/instant.ts'
import type { Prng } from '../../base/prng.ts'

/** All moments of a drawn history are multiples of this, so that many things happen at once. */
export const TICK_MS = 60_000

/** How wild a drawn history is. */
export interface Wildness {
  /** Limits are exact, all rank alike, all is there from the start and nothing breaks: what is promised must be kept. */
  readonly isCalm: boolean
  /** The ticks within which everything is asked for. */
  readonly ticks: number
  /** The ticks within which jobs arrive: the fewer, the longer they wait. */
  readonly arrivalTicks: number
  readonly jobs: number
  readonly services: number
  readonly faults: number
  readonly cancels: number
  readonly hasQuotas: boolean
  readonly priorities: number
  readonly cpuCores: number
}

export function drawWildness(chance: Prng): Wildness {
  const ticks = 40 + chance.below(160)
  const drawn: Wildness = {
    isCalm: false,
    ticks,
    arrivalTicks: Math.ceil(ticks * pick(chance, [1, 1, 0.4, 0.1])),
    jobs: 20 + chance.below(60),
    services: pick(chance, [0, 0, 1, 2]),
    faults: chance.below(3) === 0 ? 0 : chance.below(20),
    cancels: chance.below(2) === 0 ? 0 : chance.below(15),
    hasQuotas: chance.below(3) > 0,
    priorities: pick(chance, [1, 1, 2, 3]),
    cpuCores: chance.below(2) === 0 ? 0 : 4 + chance.below(60),
  }
  return chance.below(3) > 0 ? drawn : calmed(drawn)
}

function calmed(wildness: Wildness): Wildness {
  const arrivalTicks = Math.ceil(wildness.ticks / 4)
  const nothing = { services: 0, faults: 0, cancels: 0, hasQuotas: false }
  return { ...wildness, ...nothing, isCalm: true, arrivalTicks, priorities: 1 }
}

export function pick<Item>(chance: Prng, items: readonly Item[]): Item {
  return items[chance.below(items.length)] as Item
}

export function moment(ticks: number): Instant {
  return instant(ticks * TICK_MS)
}
