import { assert } from '../base/assert.ts'
import type { GangState } from './gang-state.ts'
import { putIn, takeFrom } from './list-edit.ts'

/** A chunk that grows beyond this is cut in two: short enough to be moved in one go, long enough to be few. */
const CHUNK_MAX = 64

/** Gangs in order, and by what they are ordered: a search reads numbers side by side, and no gang. */
interface Chunk {
  readonly gangs: GangState[]
  readonly ends: number[]
  readonly seqs: number[]
}

/**
 * The gangs that run in one pool, by their expected end, then by submission. Sorted chunks, so that one among a hundred
 * thousand comes and goes in a few steps.
 */
export class RunningGangs {
  size = 0
  readonly #chunks: Chunk[] = []
  /** When the last of each chunk ends, side by side, so that a search among thousands of chunks touches few lines of memory. */
  readonly #lastEnds: number[] = []

  add(gang: GangState): void {
    this.size += 1
    const c = Math.min(this.#chunkOf(gang), this.#chunks.length - 1)
    const chunk = this.#chunks[c]
    if (!chunk) {
      this.#chunks.push({ gangs: [gang], ends: [gang.expectedEnd], seqs: [gang.seq] })
      this.#lastEnds.push(gang.expectedEnd)
      return
    }
    const at = placeOf(chunk, gang)
    putIn(chunk.gangs, at, gang)
    putIn(chunk.ends, at, gang.expectedEnd)
    putIn(chunk.seqs, at, gang.seq)
    if (chunk.gangs.length > CHUNK_MAX) {
      const upper = upperHalf(chunk)
      this.#chunks.splice(c + 1, 0, upper)
      this.#lastEnds.splice(c + 1, 0, lastOf(upper))
    }
    this.#lastEnds[c] = lastOf(chunk)
  }

  remove(gang: GangState): void {
    const c = this.#chunkOf(gang)
    const chunk = this.#chunks[c]
    const at = chunk ? placeOf(chunk, gang) : 0
    assert(chunk && chunk.gangs[at] === gang, 'a gang runs in the pools in which it holds something')
    takeFrom(chunk.gangs, at)
    takeFrom(chunk.ends, at)
    takeFrom(chunk.seqs, at)
    if (chunk.gangs.length > 0) this.#lastEnds[c] = lastOf(chunk)
    else {
      this.#chunks.splice(c, 1)
      this.#lastEnds.splice(c, 1)
    }
    this.size -= 1
  }

  /** In order. Nothing may be added or removed on the way. */
  *[Symbol.iterator](): Generator<GangState> {
    for (const { gangs } of this.#chunks) yield* gangs
  }

  /** The first chunk whose last gang comes no earlier; the number of chunks where all end before. */
  #chunkOf(gang: GangState): number {
    const end = gang.expectedEnd
    let low = 0
    let high = this.#lastEnds.length
    while (low < high) {
      const middle = (low + high) >> 1
      const last = this.#lastEnds[middle] as number
      if (last < end || (last === end && lastSeq(this.#chunks[middle] as Chunk) < gang.seq)) low = middle + 1
      else high = middle
    }
    return low
  }
}

function lastOf({ ends }: Chunk): number {
  return ends[ends.length - 1] as number
}

function lastSeq({ seqs }: Chunk): number {
  return seqs[seqs.length - 1] as number
}

function placeOf(chunk: Chunk, gang: GangState): number {
  let low = 0
  let high = chunk.ends.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBefore(chunk, middle, gang)) low = middle + 1
    else high = middle
  }
  return low
}

function isBefore({ ends, seqs }: Chunk, at: number, gang: GangState): boolean {
  const end = ends[at] as number
  return end < gang.expectedEnd || (end === gang.expectedEnd && (seqs[at] as number) < gang.seq)
}

function upperHalf({ gangs, ends, seqs }: Chunk): Chunk {
  const half = CHUNK_MAX / 2
  return { gangs: gangs.splice(half), ends: ends.splice(half), seqs: seqs.splice(half) }
}
