import type { GangState } from './gang-state.ts'

/**
 * All gangs that were ever here, by id: as states while they wait or run, as bare ids once they are gone. One table for both,
 * because what a look into a large table costs is the way to memory; and the gang that was looked for last is at hand, because
 * a command asks for the same one several times.
 */
export class GangBook {
  /** Nothing under the id of one that is gone. */
  readonly #known = new Map<string, GangState | undefined>()
  readonly #ended: string[] = []
  #latest: GangState | undefined

  /** How many wait or run. */
  get size(): number {
    return this.#known.size - this.#ended.length
  }

  /** The ids of those that are gone, in the order in which they went. */
  get ended(): readonly string[] {
    return this.#ended
  }

  get(id: string): GangState | undefined {
    if (this.#latest?.gang.id === id) return this.#latest
    const found = this.#known.get(id)
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
    return this.#known.has(id)
  }

  add(gang: GangState): void {
    this.#known.set(gang.gang.id, gang)
    this.#latest = gang
  }

  /** Keeps of a gang, known or not, that it is gone. */
  end(id: string): void {
    this.#known.set(id, undefined)
    this.#ended.push(id)
    this.#latest = undefined
  }

  /** Those that wait or run, in the order in which they came. */
  *values(): Generator<GangState> {
    for (const gang of this.#known.values()) if (gang) yield gang
  }
}
