import type { RunBuffer } from '@offtake/core/allocation/run-buffer'
import { assert } from '@offtake/core/base/assert'

/** What a gang's head holds, two numbers a gang: its only run; or of several none, and where the first of them lies, below 0. */
const HEAD = { first: 0, size: 1 } as const
/** What a run of a gang of several holds, three numbers a run. */
const TAIL = { first: 0, size: 1, next: 2 } as const

/** Nodes and accelerators on each are one number: what a look misses in the cache takes longer than to take them apart. */
const EACH_BELOW = 8

/** Which runs of nodes each gang holds, in flat arrays: a hundred thousand gangs are no objects. */
export class HeldRuns {
  #heads = new Int32Array(2 * 1024)
  #tails = new Int32Array(3 * 1024)
  /** Tails ever used, and the first of those that are free again. */
  #used = 0
  #free = -1

  keep(gang: number, runs: RunBuffer): void {
    if (2 * gang >= this.#heads.length) this.#heads = doubled(this.#heads)
    if (runs.size === 1) {
      this.#heads[2 * gang + HEAD.first] = runs.first(0)
      this.#heads[2 * gang + HEAD.size] = sizeOf(runs, 0)
      return
    }
    let next = -1
    for (let run = runs.size - 1; run >= 0; run--) {
      const tail = this.#openTail()
      this.#tails[3 * tail + TAIL.first] = runs.first(run)
      this.#tails[3 * tail + TAIL.size] = sizeOf(runs, run)
      this.#tails[3 * tail + TAIL.next] = next
      next = tail
    }
    this.#heads[2 * gang + HEAD.size] = -1 - next
  }

  /** Moves what the gang holds to `into`. */
  takeBack(gang: number, into: RunBuffer): void {
    into.clear()
    const size = this.#heads[2 * gang + HEAD.size] as number
    if (size >= 0) return append(into, this.#heads[2 * gang + HEAD.first] as number, size)
    for (let tail = -1 - size; tail >= 0; ) {
      append(into, this.#tails[3 * tail + TAIL.first] as number, this.#tails[3 * tail + TAIL.size] as number)
      const next = this.#tails[3 * tail + TAIL.next] as number
      this.#tails[3 * tail + TAIL.next] = this.#free
      this.#free = tail
      tail = next
    }
  }

  #openTail(): number {
    const tail = this.#free
    if (tail >= 0) {
      this.#free = this.#tails[3 * tail + TAIL.next] as number
      return tail
    }
    if (3 * (this.#used + 1) > this.#tails.length) this.#tails = doubled(this.#tails)
    this.#used += 1
    return this.#used - 1
  }
}

function sizeOf(runs: RunBuffer, run: number): number {
  const each = runs.each(run)
  assert(each < EACH_BELOW, 'the nodes of the fleet have four accelerators')
  return runs.nodes(run) * EACH_BELOW + each
}

function append(into: RunBuffer, first: number, size: number): void {
  into.append(first, Math.floor(size / EACH_BELOW), size % EACH_BELOW)
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2)
  larger.set(array)
  return larger
}
