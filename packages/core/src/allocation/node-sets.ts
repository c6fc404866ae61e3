/**
 * The nodes of each domain by what is free on them: for every number of free accelerators a set of the domain's nodes, as
 * bits. The sets of one domain lie side by side, so that those of an ordinary one are a single line of cache. A node with
 * nothing free lies in no set.
 */
export class NodeSets {
  #words = new Int32Array(64)
  #used = 0

  /** Makes the empty sets of a domain; returns where they start. */
  open(nodes: number, largestNode: number): number {
    const start = this.#used
    this.#used += wordsFor(nodes) * largestNode
    if (this.#used > this.#words.length) {
      const larger = new Int32Array(Math.max(this.#used, this.#words.length * 2))
      larger.set(this.#words)
      this.#words = larger
    }
    return start
  }

  /** Moves the nodes [from, until) of a domain of so many nodes from one set to another. */
  move(
    start: number,
    nodes: number,
    { from, until, before, after }: { from: number; until: number; before: number; after: number },
  ): void {
    const width = wordsFor(nodes)
    const last = (until - 1) >>> 5
    for (let word = from >>> 5; word <= last; word++) {
      const mask = maskOf(word, from, until)
      if (before > 0) this.#clear(start + (before - 1) * width + word, mask)
      if (after > 0) this.#add(start + (after - 1) * width + word, mask)
    }
  }

  /** The first node with exactly so many free accelerators, or -1. */
  first(start: number, nodes: number, free: number): number {
    const width = wordsFor(nodes)
    const at = start + (free - 1) * width
    for (let word = 0; word < width; word++) {
      const bits = this.#words[at + word] as number
      if (bits !== 0) return (word << 5) | (31 - Math.clz32(bits & -bits))
    }
    return -1
  }

  /** How many nodes have exactly so many free accelerators. */
  count(start: number, nodes: number, free: number): number {
    const width = wordsFor(nodes)
    const at = start + (free - 1) * width
    let count = 0
    for (let word = 0; word < width; word++) count += bitsIn(this.#words[at + word] as number)
    return count
  }

  #add(word: number, mask: number): void {
    this.#words[word] = (this.#words[word] as number) | mask
  }

  #clear(word: number, mask: number): void {
    this.#words[word] = (this.#words[word] as number) & ~mask
  }
}

function wordsFor(nodes: number): number {
  return (nodes + 31) >>> 5
}

/** The bits of a word that stand for members in [from, until). */
function maskOf(word: number, from: number, until: number): number {
  const low = Math.max(0, from - (word << 5))
  const high = Math.min(32, until - (word << 5))
  return (-1 << low) & (-1 >>> (32 - high))
}

/** Sums the bits of a word in pairs, then in fours, then in bytes. */
function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
