import type { NodeRun } from './events.ts'

/** Runs of nodes in one flat array that is used again and again, so that choosing nodes makes no objects. */
export class RunBuffer {
  /** Runs that it holds. */
  size = 0
  #numbers = new Int32Array(3 * 16)

  clear(): void {
    this.size = 0
  }

  /** Adds nodes behind those there are, joined to the last run where they touch it and hold the same. */
  append(first: number, nodes: number, each: number): void {
    const at = 3 * this.size
    if (this.size > 0 && this.#numbers[at - 1] === each) {
      const before = this.#numbers[at - 2] as number
      if ((this.#numbers[at - 3] as number) + before === first) {
        this.#numbers[at - 2] = before + nodes
        return
      }
    }
    if (at === this.#numbers.length) this.#grow()
    this.#numbers[at] = first
    this.#numbers[at + 1] = nodes
    this.#numbers[at + 2] = each
    this.size += 1
  }

  first(run: number): number {
    return this.#numbers[3 * run] as number
  }

  nodes(run: number): number {
    return this.#numbers[3 * run + 1] as number
  }

  each(run: number): number {
    return this.#numbers[3 * run + 2] as number
  }

  /** The same as records, to be kept. */
  toRuns(): NodeRun[] {
    const runs: NodeRun[] = []
    for (let run = 0; run < this.size; run++)
      runs.push({ first: this.first(run), nodes: this.nodes(run), each: this.each(run) })
    return runs
  }

  #grow(): void {
    const larger = new Int32Array(this.#numbers.length * 2)
    larger.set(this.#numbers)
    this.#numbers = larger
  }
}
