import { type Prng, prng } from '@offtake/core/base/prng'
import type { Subject } from './subject.ts'

/** How long single steps took, in nanoseconds, by the clock that reads them. */
export interface Timing {
  readonly clock: () => number
  readonly place: number[]
  readonly release: number[]
}

/** Gangs come without end; before each that comes, others leave at random until the fleet is no fuller than it should be. */
export class Churn {
  placements = 0
  failures = 0
  readonly #subject: Subject
  readonly #sizes: Int32Array
  readonly #fill: number
  readonly #chance: Prng
  /** The number and the size of each gang that runs, side by side. */
  #running = new Int32Array(2 * 1024)
  #runs = 0
  readonly #freeNumbers: number[] = []
  #numbers = 0
  #drawn = 0
  #departures = 0
  #held = 0

  /** `fill` is the most that may be held, in accelerators. */
  constructor(subject: Subject, sizes: Int32Array, fill: number, seed: string) {
    this.#subject = subject
    this.#sizes = sizes
    this.#fill = fill
    this.#chance = prng(seed)
  }

  /** Lets gangs come until one of them would make the fleet too full. */
  fill(): void {
    const before = this.#departures
    while (this.#departures === before) this.run(1)
  }

  /** Lets so many gangs come. */
  run(gangs: number, timing?: Timing): void {
    for (let n = 0; n < gangs; n++) {
      const size = this.#sizes[this.#drawn] as number
      this.#drawn = (this.#drawn + 1) % this.#sizes.length
      while (this.#held + size > this.#fill) this.#leave(timing)
      this.#come(size, timing)
    }
  }

  #come(size: number, timing?: Timing): void {
    const gang = this.#freeNumbers.pop() ?? this.#numbers++
    const start = timing ? timing.clock() : 0
    const isPlaced = this.#subject.place(gang, size)
    if (timing) timing.place.push(timing.clock() - start)
    if (isPlaced) {
      this.placements += 1
      this.#held += size
      this.#note(gang, size)
    } else {
      this.failures += 1
      this.#freeNumbers.push(gang)
    }
  }

  #note(gang: number, size: number): void {
    if (2 * this.#runs === this.#running.length) {
      const larger = new Int32Array(this.#running.length * 2)
      larger.set(this.#running)
      this.#running = larger
    }
    this.#running[2 * this.#runs] = gang
    this.#running[2 * this.#runs + 1] = size
    this.#runs += 1
  }

  #leave(timing?: Timing): void {
    this.#departures += 1
    const running = this.#running
    const at = 2 * this.#chance.below(this.#runs)
    const gang = running[at] as number
    this.#held -= running[at + 1] as number
    this.#runs -= 1
    running[at] = running[2 * this.#runs] as number
    running[at + 1] = running[2 * this.#runs + 1] as number
    const start = timing ? timing.clock() : 0
    this.#subject.release(gang)
    if (timing) timing.release.push(timing.clock() - start)
    this.#freeNumbers.push(gang)
  }
}
