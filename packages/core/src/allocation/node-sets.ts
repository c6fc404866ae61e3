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

  /** The set of those of a domain that have so many free accelerators, at least one. */
  setOf(start: number, nodes: number, free: number): number {
    return start + (free - 1) * wordsFor(nodes)
  }

  /** Puts the domain's nodes [from, until) into a set. */
  add(set: number, from: number, until: number): void {
    const last = (until - 1) >>> 5
    for (let word = from >>> 5; word <= last; word++)
      this.#words[set + word] = (this.#words[set + word] as number) | maskOf(word, from, until)
  }

  /** Takes the domain's nodes [from, until) out of a set. */
  remove(set: number, from: number, until: number): void {
    const last = (until - 1) >>> 5
    for (let word = from >>> 5; word <= last; word++)
      this.#words[set + word] = (this.#words[set + word] as number) & ~maskOf(word, from, until)
  }

  /** The first node of a set of a domain of so many nodes, or -1. */
  first(set: number, nodes: number): number {
    const width = wordsFor(nodes)
    for (let word = 0; word < width; word++) {
      const bits = this.#words[set + word] as number
      if (bits !== 0) return (word << 5) | (31 - Math.clz32(bits & -bits))
    }
    return -1
  }

  /** How many nodes lie in the set. */
  count(set: number, nodes: number): number {
    const width = wordsFor(nodes)
    let count = 0
    for (let word = 0; word < width; word++) count += bitsIn(this.#words[set + word] as number)
    return count
  }
}

function wordsFor(nodes: number): number {
  return (nodes + 31) >>> 5
}

/** The bits of a word that stand for members in [from, until), of which it has some. */
function maskOf(word: number, from: number, until: number): number {
  const low = from >>> 5 === word ? from & 31 : 0
  const above = (until - 1) >>> 5 === word ? 31 - ((until - 1) & 31) : 0
  return (-1 << low) & (-1 >>> above)
}

/** Sums the bits of a word in pairs, then in fours, then in bytes. */
function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
