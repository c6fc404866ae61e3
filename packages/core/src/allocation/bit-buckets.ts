/**
 * Sets of small whole numbers, one set a row, kept as bits under a tree of summaries: a word of level n + 1 has a bit for
 * every word of level n that is not zero. Adding, removing and finding the lowest member at or above a number take one
 * step a level (three levels hold 32,768 members, four a million), and the answer depends on the members alone, never on
 * the order in which they came: a restored set decides as the old one did.
 */
export class BitBuckets {
  readonly rows: number
  readonly size: number
  readonly #levels: Int32Array[] = []
  /** Words of one row, by level. */
  readonly #strides: number[] = []

  /** `rows` empty sets of numbers in [0, size). */
  constructor(rows: number, size: number) {
    this.rows = rows
    this.size = size
    let words = size
    do {
      words = Math.max(1, (words + 31) >>> 5)
      this.#strides.push(words)
      this.#levels.push(new Int32Array(rows * words))
    } while (words > 1)
  }

  add(row: number, member: number): void {
    let at = member
    for (let level = 0; level < this.#levels.length; level++) {
      const words = this.#levels[level] as Int32Array
      const word = row * (this.#strides[level] as number) + (at >>> 5)
      const before = words[word] as number
      words[word] = before | (1 << (at & 31))
      if (before !== 0) return
      at >>>= 5
    }
  }

  remove(row: number, member: number): void {
    let at = member
    for (let level = 0; level < this.#levels.length; level++) {
      const words = this.#levels[level] as Int32Array
      const word = row * (this.#strides[level] as number) + (at >>> 5)
      const after = (words[word] as number) & ~(1 << (at & 31))
      words[word] = after
      if (after !== 0) return
      at >>>= 5
    }
  }

  has(row: number, member: number): boolean {
    const word = (this.#levels[0] as Int32Array)[
      row * (this.#strides[0] as number) + (member >>> 5)
    ] as number
    return (word & (1 << (member & 31))) !== 0
  }

  /** The lowest member at or above `from`, or -1. */
  next(row: number, from: number): number {
    let at = from
    for (let level = 0; level < this.#levels.length; level++) {
      const stride = this.#strides[level] as number
      const index = at >>> 5
      if (index >= stride) return -1
      const word = ((this.#levels[level] as Int32Array)[row * stride + index] as number) & (-1 << (at & 31))
      if (word !== 0) return this.#descend(row, level, (index << 5) | lowestBit(word))
      at = index + 1
    }
    return -1
  }

  /** The highest member at or below `from`, or -1. */
  previous(row: number, from: number): number {
    let at = from
    for (let level = 0; level < this.#levels.length && at >= 0; level++) {
      const stride = this.#strides[level] as number
      const index = at >>> 5
      const word =
        ((this.#levels[level] as Int32Array)[row * stride + index] as number) & (-1 >>> (31 - (at & 31)))
      if (word !== 0) return this.#descendHigh(row, level, (index << 5) | (31 - Math.clz32(word)))
      at = index - 1
    }
    return -1
  }

  #descend(row: number, fromLevel: number, member: number): number {
    let at = member
    for (let level = fromLevel - 1; level >= 0; level--) {
      const word = (this.#levels[level] as Int32Array)[row * (this.#strides[level] as number) + at] as number
      at = (at << 5) | lowestBit(word)
    }
    return at
  }

  #descendHigh(row: number, fromLevel: number, member: number): number {
    let at = member
    for (let level = fromLevel - 1; level >= 0; level--) {
      const word = (this.#levels[level] as Int32Array)[row * (this.#strides[level] as number) + at] as number
      at = (at << 5) | (31 - Math.clz32(word))
    }
    return at
  }
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word)
}
