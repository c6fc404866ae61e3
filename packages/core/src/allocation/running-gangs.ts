import { assert } from '../base/assert.ts'
import type { GangState } from './gang-state.ts'

/** A chunk that grows beyond this is cut in two: short enough to be moved in one go, long enough to be few. */
const CHUNK_MAX = 512

/**
 * The gangs that run in one pool, by their expected end, then by submission. Sorted chunks, so that one among a hundred
 * thousand comes and goes in a few steps.
 */
export class RunningGangs {
  size = 0
  readonly #chunks: GangState[][] = []

  add(gang: GangState): void {
    this.size += 1
    const c = Math.min(this.#chunkOf(gang), this.#chunks.length - 1)
    const chunk = this.#chunks[c]
    if (!chunk) {
      this.#chunks.push([gang])
      return
    }
    chunk.splice(placeOf(chunk, gang), 0, gang)
    if (chunk.length > CHUNK_MAX) this.#chunks.splice(c + 1, 0, chunk.splice(CHUNK_MAX / 2))
  }

  remove(gang: GangState): void {
    const c = this.#chunkOf(gang)
    const chunk = this.#chunks[c] ?? []
    const at = placeOf(chunk, gang)
    assert(chunk[at] === gang, 'a gang runs in the pools in which it holds something')
    chunk.splice(at, 1)
    if (chunk.length === 0) this.#chunks.splice(c, 1)
    this.size -= 1
  }

  /** In order. Nothing may be added or removed on the way. */
  *[Symbol.iterator](): Generator<GangState> {
    for (const chunk of this.#chunks) yield* chunk
  }

  /** The first chunk whose last gang comes no earlier; the number of chunks where all end before. */
  #chunkOf(gang: GangState): number {
    let low = 0
    let high = this.#chunks.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (isBefore((this.#chunks[middle] as GangState[]).at(-1) as GangState, gang)) low = middle + 1
      else high = middle
    }
    return low
  }
}

function placeOf(chunk: readonly GangState[], gang: GangState): number {
  let low = 0
  let high = chunk.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBefore(chunk[middle] as GangState, gang)) low = middle + 1
    else high = middle
  }
  return low
}

function isBefore(a: GangState, b: GangState): boolean {
  return a.expectedEnd < b.expectedEnd || (a.expectedEnd === b.expectedEnd && a.seq < b.seq)
}
