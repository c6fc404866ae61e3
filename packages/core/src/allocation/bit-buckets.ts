/**
 * Sets of small whole numbers, one set a row, kept as bits under two levels of summaries: a bit of a summary says that the
 * word it stands for is not zero. Adding, removing and finding the lowest member take three steps (the words of the upper
 * summary are looked through: one for 32,768 members), and the answer depends on the members alone, never on the order in
 * which they came: a restored set decides as the old one did.
 * A row's words lie side by side, the summaries first, so that a row of a few thousand members is a few lines of cache.
 */
export class BitBuckets {
  readonly #words: Int32Array
  /** Words of one row; where in it the lower summary and the members start. */
  readonly #length: number
  readonly #lower: number
  readonly #members: number

  /** `rows` empty sets of numbers in [0, size). */
  constructor(rows: number, size: number) {
    const members = Math.max(1, (size + 31) >>> 5)
    const lower = (members + 31) >>> 5
    this.#lower = (lower + 31) >>> 5
    this.#members = this.#lower + lower
    this.#length = this.#members + members
    this.#words = new Int32Array(rows * this.#length)
  }

  /** Returns whether the row was empty before. */
  add(row: number, member: number): boolean {
    const words = this.#words
    const base = row * this.#length
    const at = base + this.#members + (member >>> 5)
    const before = words[at] as number
    words[at] = before | (1 << (member & 31))
    return before === 0 && this.#summarise(base, member >>> 5)
  }

  /** Returns whether the row is empty now. */
  remove(row: number, member: number): boolean {
    const words = this.#words
    const base = row * this.#length
    const at = base + this.#members + (member >>> 5)
    const after = (words[at] as number) & ~(1 << (member & 31))
    words[at] = after
    return after === 0 && this.#forget(base, member >>> 5)
  }

  /** The lowest member, or -1. */
  first(row: number): number {
    const words = this.#words
    const base = row * this.#length
    for (let top = 0; top < this.#lower; top++) {
      const summary = words[base + top] as number
      if (summary !== 0) return this.#lowestUnder(base, (top << 5) | lowestBit(summary))
    }
    return -1
  }

  /** The lowest member at or above `from`, or -1. */
  next(row: number, from: number): number {
    const words = this.#words
    const base = row * this.#length
    const word = from >>> 5
    if (word >= this.#length - this.#members) return -1
    const here = (words[base + this.#members + word] as number) & (-1 << (from & 31))
    if (here !== 0) return (word << 5) | lowestBit(here)
    const above = (words[base + this.#lower + (word >>> 5)] as number) & (-2 << (word & 31))
    if (above !== 0) return this.#lowestIn(base, (word & ~31) | lowestBit(above))
    let mask = -2 << ((word >>> 5) & 31)
    for (let top = word >>> 10; top < this.#lower; top++, mask = -1) {
      const summary = (words[base + top] as number) & mask
      if (summary !== 0) return this.#lowestUnder(base, (top << 5) | lowestBit(summary))
    }
    return -1
  }

  /** The highest member at or below `from`, or -1. */
  previous(row: number, from: number): number {
    const words = this.#words
    const base = row * this.#length
    const word = from >>> 5
    const here = (words[base + this.#members + word] as number) & (-1 >>> (31 - (from & 31)))
    if (here !== 0) return (word << 5) | highestBit(here)
    const above = (words[base + this.#lower + (word >>> 5)] as number) & ~(-1 << (word & 31))
    if (above !== 0) return this.#highestIn(base, (word & ~31) | highestBit(above))
    let mask = ~(-1 << ((word >>> 5) & 31))
    for (let top = word >>> 10; top >= 0; top--, mask = -1) {
      const summary = (words[base + top] as number) & mask
      if (summary === 0) continue
      const lower = (top << 5) | highestBit(summary)
      return this.#highestIn(base, (lower << 5) | highestBit(words[base + this.#lower + lower] as number))
    }
    return -1
  }

  /** Notes in the summaries that a word is no longer zero. Returns whether all others are. */
  #summarise(base: number, word: number): boolean {
    const words = this.#words
    const lower = base + this.#lower + (word >>> 5)
    const before = words[lower] as number
    words[lower] = before | (1 << (word & 31))
    if (before !== 0) return false
    const top = base + (word >>> 10)
    words[top] = (words[top] as number) | (1 << ((word >>> 5) & 31))
    return this.#isOnlyTop(base, top, 1 << ((word >>> 5) & 31))
  }

  /** Notes in the summaries that a word is zero. Returns whether all are. */
  #forget(base: number, word: number): boolean {
    const words = this.#words
    const lower = base + this.#lower + (word >>> 5)
    const after = (words[lower] as number) & ~(1 << (word & 31))
    words[lower] = after
    if (after !== 0) return false
    const top = base + (word >>> 10)
    words[top] = (words[top] as number) & ~(1 << ((word >>> 5) & 31))
    return this.#isOnlyTop(base, top, 0)
  }

  /** Whether a word of the upper summary has this value, and all others are zero. */
  #isOnlyTop(base: number, top: number, value: number): boolean {
    if (this.#words[top] !== value) return false
    for (let other = base; other < base + this.#lower; other++)
      if (other !== top && this.#words[other] !== 0) return false
    return true
  }

  /** The lowest member under a word of the lower summary. */
  #lowestUnder(base: number, lower: number): number {
    return this.#lowestIn(base, (lower << 5) | lowestBit(this.#words[base + this.#lower + lower] as number))
  }

  #lowestIn(base: number, word: number): number {
    return (word << 5) | lowestBit(this.#words[base + this.#members + word] as number)
  }

  #highestIn(base: number, word: number): number {
    return (word << 5) | highestBit(this.#words[base + this.#members + word] as number)
  }
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word)
}

function highestBit(word: number): number {
  return 31 - Math.clz32(word)
}
