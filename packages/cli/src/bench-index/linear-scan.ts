import type { NodeGroup } from '@offtake/core/capacity/topology'
import type { Subject } from './subject.ts'

/** Nodes of one domain on which a gang holds the same. */
interface Piece {
  readonly node: number
  readonly accelerators: number
}

/**
 * The yardstick: what is free by node and by domain, and a look at every domain for every gang. The fullest domain that holds the
 * gang; for a larger one wholly free domains, of the block with the fewest that suffice, else block by block.
 */
export class LinearScan implements Subject {
  readonly #fleet: NodeGroup
  readonly #nodeFree: Int32Array
  readonly #domainFree: Int32Array
  readonly #capacity: number
  readonly #held: (readonly Piece[])[] = []

  constructor(fleet: NodeGroup) {
    this.#fleet = fleet
    this.#capacity = fleet.nodesPerDomain * fleet.acceleratorsPerNode
    this.#nodeFree = new Int32Array(fleet.domains * fleet.nodesPerDomain).fill(fleet.acceleratorsPerNode)
    this.#domainFree = new Int32Array(fleet.domains).fill(this.#capacity)
  }

  place(gang: number, accelerators: number): boolean {
    const domains =
      accelerators <= this.#capacity ? this.#fullest(accelerators) : this.#wholeDomains(accelerators)
    if (domains.length === 0) return false
    const pieces: Piece[] = []
    let rest = accelerators
    for (const domain of domains) rest -= this.#take(domain, rest, pieces)
    this.#held[gang] = pieces
    return true
  }

  release(gang: number): void {
    for (const { node, accelerators } of this.#held[gang] ?? []) this.#change(node, accelerators)
    this.#held[gang] = []
  }

  #fullest(accelerators: number): readonly number[] {
    let best = -1
    let least = Number.POSITIVE_INFINITY
    for (let domain = 0; domain < this.#domainFree.length; domain++) {
      const free = this.#domainFree[domain] as number
      if (free < accelerators || free >= least) continue
      best = domain
      least = free
    }
    return best < 0 ? [] : [best]
  }

  #wholeDomains(accelerators: number): readonly number[] {
    const wanted = Math.ceil(accelerators / this.#capacity)
    const byBlock = this.#wholeByBlock()
    const enough = byBlock.filter((whole) => whole.length >= wanted)
    const closest = enough.reduce(
      (best, whole) => (whole.length < best.length ? whole : best),
      enough[0] ?? [],
    )
    if (closest.length > 0) return closest.slice(0, wanted)
    const all = byBlock.sort((a, b) => b.length - a.length).flat()
    return all.length < wanted ? [] : all.slice(0, wanted)
  }

  #wholeByBlock(): number[][] {
    const blocks: number[][] = []
    for (let domain = 0; domain < this.#domainFree.length; domain++) {
      if (domain % this.#fleet.domainsPerBlock === 0) blocks.push([])
      if (this.#domainFree[domain] === this.#capacity) blocks.at(-1)?.push(domain)
    }
    return blocks
  }

  /** The first nodes of the domain that have something free, until the gang has enough. */
  #take(domain: number, accelerators: number, pieces: Piece[]): number {
    const first = domain * this.#fleet.nodesPerDomain
    let rest = accelerators
    for (let node = first; node < first + this.#fleet.nodesPerDomain && rest > 0; node++) {
      const here = Math.min(rest, this.#nodeFree[node] as number)
      if (here === 0) continue
      pieces.push({ node, accelerators: here })
      this.#change(node, -here)
      rest -= here
    }
    return accelerators - rest
  }

  #change(node: number, change: number): void {
    const domain = Math.floor(node / this.#fleet.nodesPerDomain)
    this.#nodeFree[node] = (this.#nodeFree[node] as number) + change
    this.#domainFree[domain] = (this.#domainFree[domain] as number) + change
  }
}
