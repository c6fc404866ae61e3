import type { RunBuffer } from '@offtake/core/allocation/run-buffer'

/** What a run's record holds, four numbers a run. The first run of a gang lies at its number, the others behind one another. */
const RUN = { first: 0, nodes: 1, each: 2, next: 3 } as const

/** Which runs of nodes each gang holds, in flat arrays: a hundred thousand gangs are no objects. */
export class HeldRuns {
  #heads = new Int32Array(4 * 1024)
  #tails = new Int32Array(4 * 1024)
  /** Tail records ever used, and the first of those that are free again. */
  #used = 0
  #free = -1

  keep(gang: number, runs: RunBuffer): void {
    let next = -1
    for (let run = runs.size - 1; run > 0; run--) {
      const tail = this.#openTail()
      write(this.#tails, tail, runs, run, next)
      next = tail
    }
    if (4 * gang >= this.#heads.length) this.#heads = doubled(this.#heads)
    write(this.#heads, gang, runs, 0, next)
  }

  /** Moves what the gang holds to `into`. */
  takeBack(gang: number, into: RunBuffer): void {
    into.clear()
    read(this.#heads, gang, into)
    for (let run = this.#heads[4 * gang + RUN.next] as number; run >= 0; ) {
      read(this.#tails, run, into)
      const next = this.#tails[4 * run + RUN.next] as number
      this.#tails[4 * run + RUN.next] = this.#free
      this.#free = run
      run = next
    }
  }

  #openTail(): number {
    const run = this.#free
    if (run >= 0) {
      this.#free = this.#tails[4 * run + RUN.next] as number
      return run
    }
    if (4 * this.#used === this.#tails.length) this.#tails = doubled(this.#tails)
    this.#used += 1
    return this.#used - 1
  }
}

function write(records: Int32Array, at: number, runs: RunBuffer, run: number, next: number): void {
  records[4 * at + RUN.first] = runs.first(run)
  records[4 * at + RUN.nodes] = runs.nodes(run)
  records[4 * at + RUN.each] = runs.each(run)
  records[4 * at + RUN.next] = next
}

function read(records: Int32Array, at: number, into: RunBuffer): void {
  into.append(
    records[4 * at + RUN.first] as number,
    records[4 * at + RUN.nodes] as number,
    records[4 * at + RUN.each] as number,
  )
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2)
  larger.set(array)
  return larger
}
