import { NEVER, type NodeScorer } from './node-scorer.ts'
import { type PackingFleet, WHOLE_MILLI } from './packing-fleet.ts'
import type { PodKind } from './pod-kind.ts'

const CPU_SCALE = 128_000
const MILLI_SCALE = 8_000

/** Prefers the node that is left with the least CPU and accelerator; a share goes to the tightest slot. */
export class BestFit implements NodeScorer {
  readonly #fleet: PackingFleet
  slot = -1
  readonly breaks = 0

  constructor(fleet: PackingFleet) {
    this.#fleet = fleet
  }

  score(node: number, kind: PodKind): number {
    const fleet = this.#fleet
    this.slot = -1
    const cpuLeft = (fleet.cpuFree[node] as number) - kind.cpuMilli
    if (cpuLeft < 0) return NEVER
    if (kind.milliEach === WHOLE_MILLI && (fleet.wholeFree[node] as number) < kind.accelerators) return NEVER
    if (kind.accelerators > 0 && kind.milliEach < WHOLE_MILLI) {
      this.slot = this.#tightest(node, kind.milliEach)
      if (this.slot < 0) return NEVER
    }
    const milliLeft = (fleet.milliFree[node] as number) - kind.accelerators * kind.milliEach
    return Math.trunc(100 * (1 - (0.5 * cpuLeft) / CPU_SCALE - (0.5 * milliLeft) / MILLI_SCALE))
  }

  #tightest(node: number, milli: number): number {
    const first = node * this.#fleet.slotWidth
    let tightest = -1
    let least = WHOLE_MILLI + 1
    for (let slot = 0; slot < (this.#fleet.slots[node] as number); slot++) {
      const free = this.#fleet.slotFree[first + slot] as number
      if (free < milli || free >= least) continue
      least = free
      tightest = slot
    }
    return tightest
  }
}
