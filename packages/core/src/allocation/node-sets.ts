/**
 * The nodes of domains of one shape by what is free on them: for every number of free accelerators, none included, each
 * domain has a set of its nodes, as bits. A node in service lies in exactly one of them. The sets of one domain lie side by
 * side, and nodes that hold the same change together, 32 in a step.
 */
export class NodeSets {
  readonly nodesPerDomain: number
  /** The accelerators of a node. */
  readonly largest: number
  /** Words of one set, and of all sets of a domain. */
  readonly #width: number
  readonly #length: number
  #words = new Int32Array(0)

  constructor(nodesPerDomain: number, largest: number) {
    this.nodesPerDomain = nodesPerDomain
    this.largest = largest
    this.#width = (nodesPerDomain + 31) >>> 5
    this.#length = this.#width * (largest + 1)
  }

  /** Makes the sets of a domain, with nothing held on any of its nodes. Domains come in the order of their numbers. */
  open(domain: number): void {
    const until = (domain + 1) * this.#length
    if (until > this.#words.length) {
      const larger = new Int32Array(Math.max(until, this.#words.length * 2))
      larger.set(this.#words)
      this.#words = larger
    }
    for (let word = 0; word < this.#width; word++)
      this.#words[until - this.#width + word] = maskOf(word, 0, this.nodesPerDomain)
  }

  /**
   * Moves the nodes [from, until) to the sets of those that have `change` more free, or fewer where it is below 0. Returns
   * how many of them lie in no set from which that is possible.
   */
  shift(domain: number, from: number, until: number, change: number): number {
    const words = this.#words
    const width = this.#width
    const sets = domain * this.#length
    const low = Math.max(-change, 0)
    const high = this.largest - Math.max(change, 0)
    const last = (until - 1) >>> 5
    let strays = 0
    for (let word = from >>> 5; word <= last; word++) {
      let rest = maskOf(word, from, until)
      for (let free = low; free <= high && rest !== 0; free++) {
        const at = sets + free * width + word
        const before = words[at] as number
        const moved = before & rest
        if (moved === 0) continue
        const to = at + change * width
        words[at] = before ^ moved
        words[to] = (words[to] as number) | moved
        rest ^= moved
      }
      if (rest !== 0) strays += bitsIn(rest)
    }
    return strays
  }

  /** Puts a node that lies in no set into that of nodes with so many free. */
  add(domain: number, node: number, free: number): void {
    const at = this.#wordOf(domain, node, free)
    this.#words[at] = (this.#words[at] as number) | (1 << (node & 31))
  }

  /** Takes a node out of its set. */
  remove(domain: number, node: number, free: number): void {
    const at = this.#wordOf(domain, node, free)
    this.#words[at] = (this.#words[at] as number) & ~(1 << (node & 31))
  }

  /** What is free on a node; nothing on one that lies in no set. */
  freeOf(domain: number, node: number): number {
    const bit = 1 << (node & 31)
    let free = this.largest
    while (free > 0 && ((this.#words[this.#wordOf(domain, node, free)] as number) & bit) === 0) free--
    return free
  }

  /** The first node among those of the least free that have at least so many, or -1. */
  fullest(domain: number, atLeast: number): number {
    const words = this.#words
    const width = this.#width
    const until = (domain + 1) * this.#length
    for (let set = until - (this.largest - atLeast + 1) * width; set < until; set += width) {
      for (let word = 0; word < width; word++) {
        const bits = words[set + word] as number
        if (bits !== 0) return (word << 5) | lowestBit(bits)
      }
    }
    return -1
  }

  /** Which of the 32 nodes from `from` on have exactly so many free, the first as the lowest bit; `from` is a multiple of 32. */
  bits(domain: number, free: number, from: number): number {
    return this.#words[this.#wordOf(domain, from, free)] as number
  }

  /** How many nodes have exactly so many free. */
  count(domain: number, free: number): number {
    const set = domain * this.#length + free * this.#width
    let count = 0
    for (let word = 0; word < this.#width; word++) count += bitsIn(this.#words[set + word] as number)
    return count
  }

  #wordOf(domain: number, node: number, free: number): number {
    return domain * this.#length + free * this.#width + (node >>> 5)
  }
}

/** The bits of a word that stand for members in [from, until), of which it has some. */
function maskOf(word: number, from: number, until: number): number {
  const low = from >>> 5 === word ? from & 31 : 0
  const above = (until - 1) >>> 5 === word ? 31 - ((until - 1) & 31) : 0
  return (-1 << low) & (-1 >>> above)
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word)
}

/** Sums the bits of a word in pairs, then in fours, then in bytes. */
function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
