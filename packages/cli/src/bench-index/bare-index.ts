import { FreeIndex } from '@offtake/core/allocation/free-index'
import { choose, type PlacementNeed } from '@offtake/core/allocation/placement'
import { RunBuffer } from '@offtake/core/allocation/run-buffer'
import type { NodeGroup } from '@offtake/core/capacity/topology'
import { HeldRuns } from './held-runs.ts'
import type { Subject } from './subject.ts'
import { DOMAIN_SIZE } from './workload.ts'

/** The free index alone: choose, hold, and remember what each gang holds in flat arrays. */
export class BareIndex implements Subject {
  readonly #index = new FreeIndex()
  readonly #held = new HeldRuns()
  readonly #released = new RunBuffer()
  readonly #needs: PlacementNeed[] = []

  constructor(fleet: NodeGroup) {
    this.#index.add([fleet])
  }

  place(gang: number, accelerators: number): boolean {
    const index = this.#index
    if (!choose(index, this.#needOf(accelerators))) return false
    index.takeAll(index.chosen)
    this.#held.keep(gang, index.chosen)
    return true
  }

  release(gang: number): void {
    this.#held.takeBack(gang, this.#released)
    this.#index.giveAll(this.#released)
  }

  #needOf(accelerators: number): PlacementNeed {
    const known = this.#needs[accelerators]
    if (known) return known
    const isSmall = accelerators <= DOMAIN_SIZE
    const need: PlacementNeed = {
      members: accelerators,
      each: 1,
      within: isSmall ? { level: 'domain', required: true } : { level: 'pool', required: true },
    }
    this.#needs[accelerators] = need
    return need
  }
}
