/**
 * Sets of small whole numbers, one set a row, kept as bits under a tree of summaries: a word of level n + 1 has a bit for
 * every word of level n that is not zero. Adding, removing and finding the lowest member at or above a number take one
 * step a level (three levels hold 32,768 members, four a million), and the answer depends on the members alone, never on
 * the order in which they came: a restored set decides as the old one did.
 * The levels of one row lie side by side in one array, so that a row of a few thousand members is a few lines of cache.
 */
export class BitBuckets {
  readonly #words: Int32Array
  /** Words of one row, and where in it each level starts. */
  readonly #rowWords: number
  readonly #starts: Int32Array

  /** `rows` empty sets of numbers in [0, size). */
  constructor(rows: number, size: number) {
    const starts: number[] = []
    let total = 0
    let words = size
    do {
      words = Math.max(1, (words + 31) >>> 5)
      starts.push(total)
      total += words
    } while (words > 1)
    this.#starts = Int32Array.from(starts)
    this.#rowWords = total
    this.#words = new Int32Array(rows * total)
  }

  /** Returns whether the row was empty before. */
  add(row: number, member: number): boolean {
    const words = this.#words
    const base = row * this.#rowWords
    const word = base + (member >>> 5)
    const before = words[word] as number
    words[word] = before | (1 << (member & 31))
    return before === 0 && this.#addAbove(base, member >>> 5)
  }

  /** Returns whether the row is empty now. */
  remove(row: number, member: number): boolean {
    const words = this.#words
    const base = row * this.#rowWords
    const word = base + (member >>> 5)
    const after = (words[word] as number) & ~(1 << (member & 31))
    words[word] = after
    return after === 0 && this.#removeAbove(base, member >>> 5)
  }

  /** The lowest member, or -1. */
  first(row: number): number {
    const base = row * this.#rowWords
    const top = this.#starts.length - 1
    const word = this.#words[base + (this.#starts[top] as number)] as number
    return word === 0 ? -1 : this.#lowest(base, top, lowestBit(word))
  }

  /** The lowest member at or above `from`, or -1. */
  next(row: number, from: number): number {
    const base = row * this.#rowWords
    let at = from
    for (let level = 0; level < this.#starts.length; level++) {
      const index = at >>> 5
      if (index >= this.#widthOf(level)) return -1
      const word = (this.#words[base + (this.#starts[level] as number) + index] as number) & (-1 << (at & 31))
      if (word !== 0) return this.#lowest(base, level, (index << 5) | lowestBit(word))
      at = index + 1
    }
    return -1
  }

  /** The highest member at or below `from`, or -1. */
  previous(row: number, from: number): number {
    const base = row * this.#rowWords
    let at = from
    for (let level = 0; level < this.#starts.length && at >= 0; level++) {
      const index = at >>> 5
      const word =
        (this.#words[base + (this.#starts[level] as number) + index] as number) & (-1 >>> (31 - (at & 31)))
      if (word !== 0) return this.#highest(base, level, (index << 5) | (31 - Math.clz32(word)))
      at = index - 1
    }
    return -1
  }

  #addAbove(base: number, index: number): boolean {
    const words = this.#words
    const starts = this.#starts
    let at = index
    for (let level = 1; level < starts.length; level++, at >>>= 5) {
      const word = base + (starts[level] as number) + (at >>> 5)
      const before = words[word] as number
      words[word] = before | (1 << (at & 31))
      if (before !== 0) return false
    }
    return true
  }

  #removeAbove(base: number, index: number): boolean {
    const words = this.#words
    const starts = this.#starts
    let at = index
    for (let level = 1; level < starts.length; level++, at >>>= 5) {
      const word = base + (starts[level] as number) + (at >>> 5)
      const after = (words[word] as number) & ~(1 << (at & 31))
      words[word] = after
      if (after !== 0) return false
    }
    return true
  }

  #widthOf(level: number): number {
    return (this.#starts[level + 1] ?? this.#rowWords) - (this.#starts[level] as number)
  }

  #lowest(base: number, fromLevel: number, member: number): number {
    let at = member
    for (let level = fromLevel - 1; level >= 0; level--)
      at = (at << 5) | lowestBit(this.#words[base + (this.#starts[level] as number) + at] as number)
    return at
  }

  #highest(base: number, fromLevel: number, member: number): number {
    let at = member
    for (let level = fromLevel - 1; level >= 0; level--)
      at = (at << 5) | (31 - Math.clz32(this.#words[base + (this.#starts[level] as number) + at] as number))
    return at
  }
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word)
}
