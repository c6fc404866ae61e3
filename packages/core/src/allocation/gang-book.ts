import type { GangState } from './gang-state.ts'
import { IdTable } from './id-table.ts'

/**
 * All gangs that were ever here, by id: as states while they wait or run, as bare ids once they are gone. One table for both,
 * because what a look into a large table costs is the way to memory; and the gang that was looked for last is at hand, because
 * a command asks for the same one several times.
 */
export class GangBook {
  readonly #table = new IdTable()
  /** By the number of the id; nothing where the gang is gone. */
  readonly #states: (GangState | undefined)[] = []
  readonly #ended: string[] = []
  #latest: GangState | undefined

  /** How many wait or run. */
  get size(): number {
    return this.#table.size - this.#ended.length
  }

  /** The ids of those that are gone, in the order in which they went. */
  get ended(): readonly string[] {
    return this.#ended
  }

  get(id: string): GangState | undefined {
    if (this.#latest?.gang.id === id) return this.#latest
    const number = this.#table.numberOf(id)
    const found = number < 0 ? undefined : this.#states[number]
    if (found) this.#latest = found
    return found
  }

  has(id: string): boolean {
    return this.get(id) !== undefined
  }

  hasEnded(id: string): boolean {
    return this.isKnown(id) && !this.has(id)
  }

  /** Whether a gang of this id waits, runs or is gone. */
  isKnown(id: string): boolean {
    return this.#table.numberOf(id) >= 0
  }

  /** Takes in a gang whose id is not known. */
  add(gang: GangState): void {
    this.#states[this.#table.add(gang.gang.id)] = gang
    this.#latest = gang
  }

  /** Keeps of a gang, known or not, that it is gone. */
  end(id: string): void {
    const number = this.#table.numberOf(id)
    this.#states[number < 0 ? this.#table.add(id) : number] = undefined
    this.#ended.push(id)
    this.#latest = undefined
  }

  /** Those that wait or run, in the order in which they came. */
  *values(): Generator<GangState> {
    for (const gang of this.#states) if (gang) yield gang
  }
}
