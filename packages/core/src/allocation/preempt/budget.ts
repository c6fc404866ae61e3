import type { AllocationState } from '../allocation-state.ts'
import { couldHold } from '../could-hold.ts'
import type { GangState } from '../gang-state.ts'
import { heldIn } from '../opening.ts'
import { acceleratorsInAnchor } from '../shape.ts'

/** What the pools in service hold in all, spent by those that are to run; by count, whatever the topology allows. */
export class Budget {
  readonly #state: AllocationState
  readonly #accelerators: number[]
  readonly #cores: number[]

  constructor(state: AllocationState) {
    this.#state = state
    const whole = state.pools.map((pool) => {
      const sum = { accelerators: pool.free.free, cpuCores: pool.cpuFree }
      for (const gang of pool.running) {
        const { accelerators, cpuCores } = heldIn(pool, gang)
        sum.accelerators += accelerators
        sum.cpuCores += cpuCores
      }
      return sum
    })
    this.#accelerators = whole.map(({ accelerators }) => accelerators)
    this.#cores = whole.map(({ cpuCores }) => cpuCores)
  }

  get isSpent(): boolean {
    return this.#accelerators.every((left) => left === 0) && this.#cores.every((left) => left === 0)
  }

  /** Whether what a running gang holds is still there, and spent on it from now on. */
  keep(gang: GangState): boolean {
    const pools = this.#state.poolsOf(gang.parts)
    const held = pools.map((pool) => ({ at: pool.number, ...heldIn(pool, gang) }))
    if (held.some(({ at, accelerators, cpuCores }) => !this.#has(at, accelerators, cpuCores))) return false
    for (const { at, accelerators, cpuCores } of held) this.#spend(at, accelerators, cpuCores)
    return true
  }

  /** Spends on a waiting gang in the first pool of its liking that has as much left. */
  choose({ shape }: GangState): boolean {
    const { pools } = this.#state
    for (const at of shape.anchors) {
      const pool = pools[at]
      const accelerators = pool?.room ? shape.claims : acceleratorsInAnchor(shape, at)
      const cpuCores = pool?.room ? 0 : shape.cpuCores
      if (!pool || !this.#has(at, accelerators, cpuCores) || !couldHold(shape, pool, pools)) continue
      this.#spend(at, accelerators, cpuCores)
      return true
    }
    return false
  }

  #has(at: number, accelerators: number, cores: number): boolean {
    return (this.#accelerators[at] ?? 0) >= accelerators && (this.#cores[at] ?? 0) >= cores
  }

  #spend(at: number, accelerators: number, cores: number): void {
    this.#accelerators[at] = (this.#accelerators[at] ?? 0) - accelerators
    this.#cores[at] = (this.#cores[at] ?? 0) - cores
  }
}
