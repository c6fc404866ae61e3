import { assert } from '../base/assert.ts'
import type { NodeGroup } from '../capacity/topology.ts'
import type { NodeRun } from './events.ts'
import { FAILED, NOT_WORKING, RETIRED } from './node-condition.ts'
import { NodeSets } from './node-sets.ts'
import { RunBuffer } from './run-buffer.ts'
import { SizeOrder } from './size-order.ts'

/** What a node's record holds, four numbers a node. */
const NODE = { capacity: 0, held: 1, domain: 2, state: 3 } as const
/** What a domain's record holds, eight numbers a domain. `sets`: where its sets of nodes start. */
const DOMAIN = { firstNode: 0, nodes: 1, capacity: 2, free: 3, block: 4, sets: 5, mark: 6 } as const
/** What a block's record holds, four numbers a block. */
const BLOCK = { firstDomain: 0, domains: 1, free: 2, whole: 3 } as const

/** The state of a node that takes gangs; else it is made of the reasons why it does not. */
const ONLINE = 0

/**
 * What is free in one pool: the file written for speed, a million accelerators in a few megabytes.
 *
 * Numbers. Nodes are numbered as they arrive and never renumbered; the nodes of a domain are consecutive, and so are the
 * domains of a block. So a domain is a range of nodes, a block a range of domains, and a large placement a few runs.
 *
 * Counts. Free accelerators are counted by node and summed by domain, block and pool; each block counts its wholly free
 * domains. A change to a node changes the sums above it, and nothing else is looked at. The nodes of a domain that hold the same
 * change together. What belongs to one node, domain or block lies side by side in one typed array, because at this
 * size a step costs what it misses in the cache.
 *
 * Orders. The nodes of a domain lie in sets by what is free on them, domains in buckets by their free accelerators, blocks by
 * those and by their wholly free domains. 'The fullest domain that still holds n' is the first member of the lowest
 * bucket at or above n that has one, and 'the fullest node in it' the first bit of the lowest such set. Both take a few words,
 * whatever the size of the pool.
 *
 * Choices. The smallest number wins every tie, and buckets remember no order of arrival, so a choice depends on what is free
 * and on nothing else: a pool restored from a snapshot decides as the old one did. What is chosen is written to `chosen`,
 * which is used again, so that choosing for a gang that fits one domain makes no object.
 */
export class FreeIndex {
  capacity = 0
  free = 0
  /** Nodes, domains and blocks that there are. */
  nodes = 0
  domains = 0
  blocks = 0
  /** The nodes chosen last. */
  readonly chosen = new RunBuffer()
  #node = new Int32Array(4 * 16)
  #domain = new Int32Array(8 * 16)
  #block = new Int32Array(4 * 16)
  readonly #nodeSets = new NodeSets()
  #domainsByFree = new SizeOrder(1, 1)
  #blocksByFree = new SizeOrder(1, 1)
  #blocksByWhole = new SizeOrder(1, 1)
  #mark = 0
  /** The domain whose nodes are being changed, and by how much in all: its sums follow in one step. */
  #changed = -1
  #change = 0

  /** Adds the domains of the groups, in new blocks. Returns the number of the first new node. */
  add(groups: readonly NodeGroup[]): number {
    const first = this.nodes
    for (const group of groups) this.#addGroup(group)
    this.#orderAnew()
    return first
  }

  capacityOf(node: number): number {
    return this.#node[4 * node + NODE.capacity] as number
  }

  heldOn(node: number): number {
    return this.#node[4 * node + NODE.held] as number
  }

  /** Nothing on a node that is out of service. */
  freeOf(node: number): number {
    return this.isOnline(node) ? this.capacityOf(node) - this.heldOn(node) : 0
  }

  isOnline(node: number): boolean {
    return this.#node[4 * node + NODE.state] === ONLINE
  }

  isRetired(node: number): boolean {
    return this.isOut(node, RETIRED)
  }

  /** Whether the node is out of service, or takes no more gangs, for this reason or one of these. */
  isOut(node: number, reasons: number): boolean {
    return ((this.#node[4 * node + NODE.state] as number) & reasons) !== 0
  }

  domainOf(node: number): number {
    return this.#node[4 * node + NODE.domain] as number
  }

  firstNodeOf(domain: number): number {
    return this.#domain[8 * domain + DOMAIN.firstNode] as number
  }

  nodesOf(domain: number): number {
    return this.#domain[8 * domain + DOMAIN.nodes] as number
  }

  freeInDomain(domain: number): number {
    return this.#domain[8 * domain + DOMAIN.free] as number
  }

  blockOf(domain: number): number {
    return this.#domain[8 * domain + DOMAIN.block] as number
  }

  isWhole(domain: number): boolean {
    return this.#domain[8 * domain + DOMAIN.free] === this.#domain[8 * domain + DOMAIN.capacity]
  }

  firstDomainOf(block: number): number {
    return this.#block[4 * block + BLOCK.firstDomain] as number
  }

  domainsOf(block: number): number {
    return this.#block[4 * block + BLOCK.domains] as number
  }

  freeInBlock(block: number): number {
    return this.#block[4 * block + BLOCK.free] as number
  }

  wholeInBlock(block: number): number {
    return this.#block[4 * block + BLOCK.whole] as number
  }

  /** Whether so many nodes from `first` on are there, and work. */
  areWorking(first: number, nodes: number): boolean {
    if (first + nodes > this.nodes) return false
    for (let node = first; node < first + nodes; node++) if (this.isOut(node, NOT_WORKING)) return false
    return true
  }

  take(runs: readonly NodeRun[]): void {
    for (const { first, nodes, each } of runs) this.#hold(first, nodes, each)
    this.#settle()
  }

  give(runs: readonly NodeRun[]): void {
    for (const { first, nodes, each } of runs) this.#hold(first, nodes, -each)
    this.#settle()
  }

  /** The same for what the buffer holds, often `chosen`. */
  takeAll(runs: RunBuffer): void {
    for (let run = 0; run < runs.size; run++) this.#hold(runs.first(run), runs.nodes(run), runs.each(run))
    this.#settle()
  }

  giveAll(runs: RunBuffer): void {
    for (let run = 0; run < runs.size; run++) this.#hold(runs.first(run), runs.nodes(run), -runs.each(run))
    this.#settle()
  }

  /** Takes a node that failed out of service, or back. */
  setOnline(node: number, online: boolean): void {
    this.setOut(node, FAILED, !online)
  }

  /** Adds or drops a reason for which a node takes no gangs; what they hold on it stays theirs until it is given back. */
  setOut(node: number, reason: number, isOut: boolean): void {
    const state = this.#node[4 * node + NODE.state] as number
    const after = isOut ? state | reason : state & ~reason
    if (after === state) return
    const before = this.freeOf(node)
    this.#node[4 * node + NODE.state] = after
    this.#moveNodes(node, node + 1, before, this.freeOf(node))
    this.#settle()
  }

  /** Takes nodes away for good, when the agreement that brought them ends. */
  retire(first: number, nodes: number): void {
    for (let node = first; node < first + nodes; node++) {
      if (this.isRetired(node)) continue
      this.setOut(node, RETIRED, true)
      this.capacity -= this.capacityOf(node)
    }
  }

  /** The node of the domain with the least free that still has so many free accelerators, or -1. */
  fullestNode(domain: number, accelerators: number): number {
    const first = this.firstNodeOf(domain)
    const nodes = this.nodesOf(domain)
    const largest = this.capacityOf(first)
    for (let free = accelerators; free <= largest; free++) {
      const at = this.#nodeSets.first(this.#setOf(domain, free), nodes)
      if (at >= 0) return first + at
    }
    return -1
  }

  /** How many nodes of the domain have exactly so many free accelerators, at least one. */
  nodesWith(domain: number, free: number): number {
    return this.#nodeSets.count(this.#setOf(domain, free), this.nodesOf(domain))
  }

  /** The fullest domain with at least `atLeast` free accelerators, or the one after `after` in that order; -1 at the end. */
  nextFullest(atLeast: number, after = -1): number {
    return after < 0
      ? this.#domainsByFree.atLeast(atLeast)
      : this.#domainsByFree.after(after, this.freeInDomain(after))
  }

  /** The emptiest domain, or the next one after `after` when domains are visited from the emptiest on; -1 at the end. */
  nextEmptiest(after = -1): number {
    return after < 0
      ? this.#domainsByFree.largest()
      : this.#domainsByFree.before(after, this.freeInDomain(after))
  }

  /** The fullest block with at least `atLeast` free accelerators, or the one after `after` in that order; -1 at the end. */
  nextFullestBlock(atLeast: number, after = -1): number {
    return after < 0
      ? this.#blocksByFree.atLeast(atLeast)
      : this.#blocksByFree.after(after, this.freeInBlock(after))
  }

  /** The block with the fewest wholly free domains that still has `whole` of them; -1 if none has. */
  blockWithWhole(whole: number): number {
    return this.#blocksByWhole.atLeast(whole)
  }

  /** The block with the most wholly free domains, the next one after `after` in that order; -1 when none is left. */
  nextWholest(after = -1): number {
    return after < 0
      ? this.#blocksByWhole.largest()
      : this.#blocksByWhole.before(after, this.wholeInBlock(after))
  }

  /** Marks a domain as chosen, until `unmarkAll`. */
  mark(domain: number): void {
    this.#domain[8 * domain + DOMAIN.mark] = this.#mark
  }

  isMarked(domain: number): boolean {
    return this.#domain[8 * domain + DOMAIN.mark] === this.#mark
  }

  /** Marks are numbered, and begin anew before the numbers end. */
  unmarkAll(): void {
    this.#mark += 1
    if (this.#mark < 0x7fffffff) return
    for (let domain = 0; domain < this.domains; domain++) this.#domain[8 * domain + DOMAIN.mark] = 0
    this.#mark = 1
  }

  #setOf(domain: number, free: number): number {
    return this.#nodeSets.setOf(this.#domain[8 * domain + DOMAIN.sets] as number, this.nodesOf(domain), free)
  }

  /** Holds `each` accelerators more on every one of the nodes, or gives them back where it is below 0. */
  #hold(first: number, nodes: number, each: number): void {
    const until = first + nodes
    for (let node = first; node < until; ) node = this.#holdAlike(node, until, each)
  }

  /** Changes the first node and those behind it in its domain that hold the same. Returns the node after them. */
  #holdAlike(from: number, until: number, each: number): number {
    const records = this.#node
    const domain = records[4 * from + NODE.domain] as number
    const end = Math.min(until, this.firstNodeOf(domain) + this.nodesOf(domain))
    const state = records[4 * from + NODE.state]
    const held = records[4 * from + NODE.held] as number
    const capacity = records[4 * from + NODE.capacity] as number
    const after = held + each
    assert(after >= 0 && after <= capacity, 'a node holds no less than nothing and no more than it has')
    let node = from
    do {
      records[4 * node + NODE.held] = after
      node += 1
    } while (node < end && records[4 * node + NODE.held] === held && records[4 * node + NODE.state] === state)
    if (state === ONLINE) this.#moveNodes(from, node, capacity - held, capacity - after)
    return node
  }

  /** Moves nodes of one domain, which had so many free and have so many now, to other sets; the sums follow later. */
  #moveNodes(from: number, until: number, before: number, after: number): void {
    const domain = this.domainOf(from)
    const first = this.firstNodeOf(domain)
    if (before > 0) this.#nodeSets.remove(this.#setOf(domain, before), from - first, until - first)
    if (after > 0) this.#nodeSets.add(this.#setOf(domain, after), from - first, until - first)
    if (domain !== this.#changed) this.#settle()
    this.#changed = domain
    this.#change += (until - from) * (after - before)
  }

  /** Changes the sums of the domain whose nodes have changed, and its place in the orders. */
  #settle(): void {
    const change = this.#change
    if (change === 0) return
    this.#change = 0
    const domain = this.#changed
    const block = this.blockOf(domain)
    const before = this.freeInDomain(domain)
    const ofBlock = this.freeInBlock(block)
    const capacity = this.#domain[8 * domain + DOMAIN.capacity]
    this.#domain[8 * domain + DOMAIN.free] = before + change
    this.#domainsByFree.move(domain, before, before + change)
    this.#block[4 * block + BLOCK.free] = ofBlock + change
    this.#blocksByFree.move(block, ofBlock, ofBlock + change)
    this.free += change
    if (before === capacity) this.#changeWhole(block, -1)
    else if (before + change === capacity) this.#changeWhole(block, 1)
  }

  #changeWhole(block: number, change: number): void {
    const whole = this.wholeInBlock(block)
    this.#blocksByWhole.move(block, whole, whole + change)
    this.#block[4 * block + BLOCK.whole] = whole + change
  }

  #addGroup(group: NodeGroup): void {
    for (let d = 0; d < group.domains; d++) {
      const joins = d === 0 && group.continuesBlock === true && this.blocks > 0
      if (d % group.domainsPerBlock === 0 && !joins) this.#openBlock()
      this.#addDomain(group)
    }
  }

  #openBlock(): void {
    this.#block = grown(this.#block, 4 * (this.blocks + 1))
    this.#block[4 * this.blocks + BLOCK.firstDomain] = this.domains
    this.blocks += 1
  }

  #addDomain({ nodesPerDomain, acceleratorsPerNode }: NodeGroup): void {
    const capacity = nodesPerDomain * acceleratorsPerNode
    const sets = this.#nodeSets.open(nodesPerDomain, acceleratorsPerNode)
    this.#nodeSets.add(this.#nodeSets.setOf(sets, nodesPerDomain, acceleratorsPerNode), 0, nodesPerDomain)
    this.#domain = grown(this.#domain, 8 * (this.domains + 1))
    this.#domain.set(
      [this.nodes, nodesPerDomain, capacity, capacity, this.blocks - 1, sets],
      8 * this.domains,
    )
    this.#node = grown(this.#node, 4 * (this.nodes + nodesPerDomain))
    for (let n = 0; n < nodesPerDomain; n++, this.nodes++)
      this.#node.set([acceleratorsPerNode, 0, this.domains, ONLINE], 4 * this.nodes)
    this.#addTo(this.blocks - 1, BLOCK.domains, 1)
    this.#addTo(this.blocks - 1, BLOCK.free, capacity)
    this.#addTo(this.blocks - 1, BLOCK.whole, 1)
    this.domains += 1
    this.capacity += capacity
    this.free += capacity
  }

  #addTo(block: number, what: number, amount: number): void {
    this.#block[4 * block + what] = (this.#block[4 * block + what] as number) + amount
  }

  /** Builds the orders anew from the counts, each as long as its largest thing may become. */
  #orderAnew(): void {
    let largestDomain = 0
    let largestBlock = 0
    let mostDomains = 0
    for (let block = 0; block < this.blocks; block++) {
      let capacity = 0
      const first = this.firstDomainOf(block)
      for (let domain = first; domain < first + this.domainsOf(block); domain++) {
        const ofDomain = this.#domain[8 * domain + DOMAIN.capacity] as number
        largestDomain = Math.max(largestDomain, ofDomain)
        capacity += ofDomain
      }
      largestBlock = Math.max(largestBlock, capacity)
      mostDomains = Math.max(mostDomains, this.domainsOf(block))
    }
    this.#domainsByFree = new SizeOrder(largestDomain, this.domains)
    for (let domain = 0; domain < this.domains; domain++)
      this.#domainsByFree.put(domain, this.freeInDomain(domain))
    this.#blocksByFree = new SizeOrder(largestBlock, this.blocks)
    this.#blocksByWhole = new SizeOrder(mostDomains, this.blocks)
    for (let block = 0; block < this.blocks; block++) {
      this.#blocksByFree.put(block, this.freeInBlock(block))
      this.#blocksByWhole.put(block, this.wholeInBlock(block))
    }
  }
}

function grown(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (length <= array.length) return array
  const larger = new Int32Array(Math.max(length, array.length * 2))
  larger.set(array)
  return larger
}
