/** The sizes of the gangs that wait, to tell how many of them would fit by count alone. */
export class WaitingSizes {
  /** Distinct, ascending. */
  readonly #sizes: number[] = []
  readonly #counts = new Map<number, number>()
  #total = 0

  /** Accelerators that all of them ask for. */
  get total(): number {
    return this.#total
  }

  add(size: number): void {
    const count = this.#counts.get(size) ?? 0
    if (count === 0) this.#sizes.splice(this.#firstAtLeast(size), 0, size)
    this.#counts.set(size, count + 1)
    this.#total += size
  }

  remove(size: number): void {
    const count = this.#counts.get(size) ?? 0
    if (count === 0) return
    if (count > 1) this.#counts.set(size, count - 1)
    else {
      this.#counts.delete(size)
      this.#sizes.splice(this.#firstAtLeast(size), 1)
    }
    this.#total -= size
  }

  /**
   * How many of `free` accelerators would be taken if nothing but the count mattered, the smallest gangs first.
   * Distinct sizes that fit together are at most √(2 × free) in number, so this looks at few.
   */
  fitting(free: number): number {
    let rest = free
    for (const size of this.#sizes) {
      if (size > rest) break
      rest -= size * Math.min(this.#counts.get(size) ?? 0, Math.floor(rest / size))
    }
    return free - rest
  }

  #firstAtLeast(size: number): number {
    let low = 0
    let high = this.#sizes.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#sizes[middle] as number) < size) low = middle + 1
      else high = middle
    }
    return low
  }
}
