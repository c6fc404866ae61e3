import { assert } from '../base/assert.ts'
import type { NodeGroup } from '../capacity/topology.ts'
import { BitBuckets } from './bit-buckets.ts'
import type { NodeRun } from './events.ts'

/**
 * What is free in one pool, in typed arrays.
 *
 * Nodes are numbered as they arrive and never renumbered; the nodes of a domain are consecutive, and so are the domains of
 * a block. So a domain is a range of nodes, a block a range of domains, and a large placement a few `NodeRun`s.
 * Free accelerators are summed per domain, block and pool. Domains lie in buckets by their free accelerators, and blocks in
 * buckets by their number of wholly free domains: 'the fullest domain that still holds n' is the lowest bucket at or
 * above n that is not empty.
 * The smallest number wins every tie, so that choices depend on what is free and on nothing else.
 */
export class FreeIndex {
  capacity = 0
  free = 0
  /** Nodes, domains and blocks that there are. */
  nodes = 0
  domains = 0
  blocks = 0
  nodeCapacity = new Int32Array(64)
  nodeHeld = new Int32Array(64)
  /** 0 for a node that failed or was taken away. */
  nodeOnline = new Uint8Array(64)
  /** 1 for a node that was taken away for good. */
  nodeRetired = new Uint8Array(64)
  nodeDomain = new Int32Array(64)
  domainFirstNode = new Int32Array(65)
  domainCapacity = new Int32Array(64)
  domainFree = new Int32Array(64)
  domainBlock = new Int32Array(64)
  blockFirstDomain = new Int32Array(17)
  blockFree = new Int32Array(16)
  blockWhole = new Int32Array(16)
  #byFree = new BitBuckets(1, 1)
  #occupied = new BitBuckets(1, 1)
  #domainsIn = new Int32Array(1)
  #byWhole = new BitBuckets(1, 1)
  #largestDomain = 0
  #largestBlock = 0

  /** Adds the domains of the groups, in new blocks. Returns the number of the first new node. */
  add(groups: readonly NodeGroup[]): number {
    const first = this.nodes
    for (const group of groups) this.#addGroup(group)
    this.#rebuild()
    return first
  }

  freeOf(node: number): number {
    return this.nodeOnline[node] === 1
      ? (this.nodeCapacity[node] as number) - (this.nodeHeld[node] as number)
      : 0
  }

  isWhole(domain: number): boolean {
    const capacity = this.domainCapacity[domain] as number
    return capacity > 0 && this.domainFree[domain] === capacity
  }

  /** Whether so many nodes from `first` on are there, and in service. */
  areOnline(first: number, nodes: number): boolean {
    if (first + nodes > this.nodes) return false
    for (let node = first; node < first + nodes; node++) if (this.nodeOnline[node] === 0) return false
    return true
  }

  take(runs: readonly NodeRun[]): void {
    for (const run of runs) this.#hold(run, run.each)
  }

  give(runs: readonly NodeRun[]): void {
    for (const run of runs) this.#hold(run, -run.each)
  }

  /** Takes a node out of service or back; what gangs hold on it stays theirs until it is given back. */
  setOnline(node: number, online: boolean): void {
    const before = this.freeOf(node)
    this.nodeOnline[node] = online ? 1 : 0
    this.#shift(this.nodeDomain[node] as number, this.freeOf(node) - before)
  }

  /** Takes nodes away for good, when the agreement that brought them ends. */
  retire(first: number, nodes: number): void {
    for (let node = first; node < first + nodes; node++) {
      if (this.nodeRetired[node] === 1) continue
      this.setOnline(node, false)
      this.nodeRetired[node] = 1
      this.capacity -= this.nodeCapacity[node] as number
    }
  }

  /** The fullest domain with at least `atLeast` free accelerators, or the one after `after` in that order; -1 at the end. */
  nextFullest(atLeast: number, after = -1): number {
    let row = atLeast
    if (after >= 0) {
      row = this.domainFree[after] as number
      const sibling = this.#byFree.next(row, after + 1)
      if (sibling >= 0) return sibling
      row += 1
    }
    row = this.#occupied.next(0, row)
    return row < 0 ? -1 : this.#byFree.next(row, 0)
  }

  /** The emptiest domain, or the next one after `after` when domains are visited from the emptiest on; -1 at the end. */
  nextEmptiest(after = -1): number {
    let row = this.#largestDomain
    if (after >= 0) {
      row = this.domainFree[after] as number
      const sibling = this.#byFree.next(row, after + 1)
      if (sibling >= 0) return sibling
      row -= 1
    }
    row = row < 0 ? -1 : this.#occupied.previous(0, row)
    return row <= 0 ? -1 : this.#byFree.next(row, 0)
  }

  /** The block with the fewest wholly free domains that still has `whole` of them; -1 if none has. */
  blockWithWhole(whole: number): number {
    for (let row = whole; row <= this.#largestBlock; row++) {
      const block = this.#byWhole.next(row, 0)
      if (block >= 0) return block
    }
    return -1
  }

  /** The block with the most wholly free domains, the next one after `after` in that order; -1 when none is left. */
  nextWholest(after = -1): number {
    let row = this.#largestBlock
    if (after >= 0) {
      row = this.blockWhole[after] as number
      const sibling = this.#byWhole.next(row, after + 1)
      if (sibling >= 0) return sibling
      row -= 1
    }
    for (; row > 0; row--) {
      const block = this.#byWhole.next(row, 0)
      if (block >= 0) return block
    }
    return -1
  }

  #hold(run: NodeRun, each: number): void {
    let domain = -1
    let change = 0
    for (let node = run.first; node < run.first + run.nodes; node++) {
      if (this.nodeDomain[node] !== domain) {
        if (change !== 0) this.#shift(domain, change)
        domain = this.nodeDomain[node] as number
        change = 0
      }
      const held = (this.nodeHeld[node] as number) + each
      assert(
        held >= 0 && held <= (this.nodeCapacity[node] as number),
        'a node holds no less than nothing and no more than it has',
      )
      this.nodeHeld[node] = held
      if (this.nodeOnline[node] === 1) change -= each
    }
    if (change !== 0) this.#shift(domain, change)
  }

  /** Moves a domain to another bucket, and its block with it where the domain stops or starts to be wholly free. */
  #shift(domain: number, change: number): void {
    if (change === 0) return
    const before = this.domainFree[domain] as number
    const after = before + change
    const block = this.domainBlock[domain] as number
    this.domainFree[domain] = after
    this.#moveDomain(domain, before, after)
    this.blockFree[block] = (this.blockFree[block] as number) + change
    this.free += change
    const capacity = this.domainCapacity[domain] as number
    if (before === capacity) this.#moveBlock(block, -1)
    else if (after === capacity) this.#moveBlock(block, 1)
  }

  #moveDomain(domain: number, before: number, after: number): void {
    this.#byFree.remove(before, domain)
    this.#domainsIn[before] = (this.#domainsIn[before] as number) - 1
    if (this.#domainsIn[before] === 0) this.#occupied.remove(0, before)
    this.#byFree.add(after, domain)
    if (this.#domainsIn[after] === 0) this.#occupied.add(0, after)
    this.#domainsIn[after] = (this.#domainsIn[after] as number) + 1
  }

  #moveBlock(block: number, change: number): void {
    const whole = this.blockWhole[block] as number
    this.#byWhole.remove(whole, block)
    this.#byWhole.add(whole + change, block)
    this.blockWhole[block] = whole + change
  }

  #addGroup(group: NodeGroup): void {
    for (let d = 0; d < group.domains; d++) {
      const joins = d === 0 && group.continuesBlock === true && this.blocks > 0
      if (d % group.domainsPerBlock === 0 && !joins) this.#openBlock()
      this.#addDomain(group)
    }
  }

  #openBlock(): void {
    this.blockFirstDomain = grown(this.blockFirstDomain, this.blocks + 2)
    this.blockFree = grown(this.blockFree, this.blocks + 1)
    this.blockWhole = grown(this.blockWhole, this.blocks + 1)
    this.blockFirstDomain[this.blocks] = this.domains
    this.blocks += 1
  }

  #addDomain(group: NodeGroup): void {
    const domain = this.domains
    const capacity = group.nodesPerDomain * group.acceleratorsPerNode
    this.domainFirstNode = grown(this.domainFirstNode, domain + 2)
    this.domainCapacity = grown(this.domainCapacity, domain + 1)
    this.domainFree = grown(this.domainFree, domain + 1)
    this.domainBlock = grown(this.domainBlock, domain + 1)
    this.nodeCapacity = grown(this.nodeCapacity, this.nodes + group.nodesPerDomain)
    this.nodeHeld = grown(this.nodeHeld, this.nodes + group.nodesPerDomain)
    this.nodeDomain = grown(this.nodeDomain, this.nodes + group.nodesPerDomain)
    this.nodeOnline = grownBytes(this.nodeOnline, this.nodes + group.nodesPerDomain)
    this.nodeRetired = grownBytes(this.nodeRetired, this.nodes + group.nodesPerDomain)
    this.domainFirstNode[domain] = this.nodes
    for (let n = 0; n < group.nodesPerDomain; n++, this.nodes++) {
      this.nodeCapacity[this.nodes] = group.acceleratorsPerNode
      this.nodeOnline[this.nodes] = 1
      this.nodeDomain[this.nodes] = domain
    }
    this.domainFirstNode[domain + 1] = this.nodes
    this.domainCapacity[domain] = capacity
    this.domainFree[domain] = capacity
    this.domainBlock[domain] = this.blocks - 1
    this.domains += 1
    this.blockFirstDomain[this.blocks] = this.domains
    this.capacity += capacity
    this.free += capacity
  }

  /** Builds the buckets anew from the counts, with room to spare for what comes. */
  #rebuild(): void {
    this.#largestDomain = this.domainCapacity.subarray(0, this.domains).reduce((a, b) => Math.max(a, b), 0)
    this.#byFree = new BitBuckets(this.#largestDomain + 1, this.domains)
    this.#occupied = new BitBuckets(1, this.#largestDomain + 1)
    this.#domainsIn = new Int32Array(this.#largestDomain + 1)
    this.blockFree.fill(0)
    this.blockWhole.fill(0)
    for (let domain = 0; domain < this.domains; domain++) {
      const free = this.domainFree[domain] as number
      const block = this.domainBlock[domain] as number
      this.#byFree.add(free, domain)
      this.#domainsIn[free] = (this.#domainsIn[free] as number) + 1
      this.#occupied.add(0, free)
      this.blockFree[block] = (this.blockFree[block] as number) + free
      if (this.isWhole(domain)) this.blockWhole[block] = (this.blockWhole[block] as number) + 1
    }
    this.#largestBlock = 0
    for (let block = 0; block < this.blocks; block++) {
      const domains = (this.blockFirstDomain[block + 1] as number) - (this.blockFirstDomain[block] as number)
      this.#largestBlock = Math.max(this.#largestBlock, domains)
    }
    this.#byWhole = new BitBuckets(this.#largestBlock + 1, this.blocks)
    for (let block = 0; block < this.blocks; block++)
      this.#byWhole.add(this.blockWhole[block] as number, block)
  }
}

function grown(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (length <= array.length) return array
  const larger = new Int32Array(Math.max(length, array.length * 2))
  larger.set(array)
  return larger
}

function grownBytes(array: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  if (length <= array.length) return array
  const larger = new Uint8Array(Math.max(length, array.length * 2))
  larger.set(array)
  return larger
}
