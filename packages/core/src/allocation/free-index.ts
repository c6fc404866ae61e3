import { assert } from '../base/assert.ts'
import type { NodeGroup } from '../capacity/topology.ts'
import type { BesideAccelerators } from './beside-accelerators.ts'
import type { NodeRun } from './events.ts'
import { grown } from './grown-array.ts'
import { Marks } from './marks.ts'
import { FAILED, NOT_WORKING, RETIRED } from './node-condition.ts'
import { NodeStates } from './node-states.ts'
import { RunBuffer } from './run-buffer.ts'
import { SizeOrder } from './size-order.ts'
import { Stretches } from './stretches.ts'

/** What a block's record holds, four numbers a block. */
const BLOCK = { firstDomain: 0, domains: 1, free: 2, whole: 3 } as const

/**
 * What is free in one pool: the file written for speed, a million accelerators in a few megabytes.
 *
 * Numbers. Nodes are numbered as they arrive and never renumbered; the nodes of a domain are consecutive, and so are the
 * domains of a block. So a domain is a range of nodes, a block a range of domains, and a large placement a few runs. The
 * domain of a node is a division, as long as domains are alike; where that changes, a new stretch begins.
 *
 * Counts. A node has no record of its own: the nodes of a domain lie in sets by what is free on them, and whoever asks for a
 * node looks for its bit. A run of nodes within a domain changes in one step, however long it is. What is free is summed by
 * domain, block and pool; each block counts its wholly free domains. A change to nodes changes the sums above them, and nothing
 * else is looked at. Nothing is kept that can be counted out, because at this size a step costs what it misses in the cache.
 *
 * Orders. Domains lie in buckets by their free accelerators, blocks by those and by their wholly free domains. 'The fullest
 * domain that still holds n' is the first member of the lowest bucket at or above n that has one, and 'the fullest node
 * in it' the first bit of the lowest such set. Both take a few words, whatever the size of the pool. What has nothing free
 * lies in no bucket, because nobody asks for it.
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
  /** The domains chosen so far, while a choice over several is made. */
  readonly marks = new Marks()
  /** Absent where whole accelerators are all there is. */
  beside: BesideAccelerators | undefined
  readonly #stretches = new Stretches()
  readonly #states = new NodeStates()
  /** By domain: what is free in it, and its block. */
  #freeIn = new Int32Array(16)
  #blockOf = new Int32Array(16)
  #block = new Int32Array(4 * 16)
  #domainsByFree = new SizeOrder(1, 1)
  #blocksByFree = new SizeOrder(1, 1)
  #blocksByWhole = new SizeOrder(1, 1)
  /** The domain and the block in which nodes are being changed, and by how much in all: the sums follow in one step. */
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
    return this.#stretches.ofNode(node).sets.largest
  }

  heldOn(node: number): number {
    if (!this.isOnline(node)) return this.#states.heldOn(node)
    return this.capacityOf(node) - this.freeOf(node)
  }

  /** Nothing on a node that is out of service. */
  freeOf(node: number): number {
    const stretch = this.#stretches.ofNode(node)
    const domain = stretch.domainOf(node)
    return stretch.sets.freeOf(domain - stretch.firstDomain, node - stretch.firstNodeOf(domain))
  }

  isOnline(node: number): boolean {
    return this.#states.isOnline(node)
  }

  isRetired(node: number): boolean {
    return this.isOut(node, RETIRED)
  }

  /** Whether the node is out of service, or takes no more gangs, for this reason or one of these. */
  isOut(node: number, reasons: number): boolean {
    return (this.#states.reasonsOf(node) & reasons) !== 0
  }

  domainOf(node: number): number {
    return this.#stretches.ofNode(node).domainOf(node)
  }

  firstNodeOf(domain: number): number {
    return this.#stretches.ofDomain(domain).firstNodeOf(domain)
  }

  nodesOf(domain: number): number {
    return this.#stretches.ofDomain(domain).sets.nodesPerDomain
  }

  /** The accelerators of a node of the domain. */
  largestIn(domain: number): number {
    return this.#stretches.ofDomain(domain).sets.largest
  }

  freeInDomain(domain: number): number {
    return this.#freeIn[domain] as number
  }

  blockOf(domain: number): number {
    return this.#blockOf[domain] as number
  }

  isWhole(domain: number): boolean {
    return this.#freeIn[domain] === this.#capacityOfDomain(domain)
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
    this.#settleDomain()
    if (this.beside) this.beside.hold(runs, 1)
  }

  give(runs: readonly NodeRun[]): void {
    for (const { first, nodes, each } of runs) this.#hold(first, nodes, -each)
    this.#settleDomain()
    if (this.beside) this.beside.hold(runs, -1)
  }

  /** The same for what the buffer holds, often `chosen`. */
  takeAll(runs: RunBuffer): void {
    for (let run = 0; run < runs.size; run++) this.#hold(runs.first(run), runs.nodes(run), runs.each(run))
    this.#settleDomain()
  }

  giveAll(runs: RunBuffer): void {
    for (let run = 0; run < runs.size; run++) this.#hold(runs.first(run), runs.nodes(run), -runs.each(run))
    this.#settleDomain()
  }

  /** Takes a node that failed out of service, or back. */
  setOnline(node: number, online: boolean): void {
    this.setOut(node, FAILED, !online)
  }

  /** Adds or drops a reason for which a node takes no gangs; what they hold on it stays theirs until it is given back. */
  setOut(node: number, reason: number, isOut: boolean): void {
    const stretch = this.#stretches.ofNode(node)
    const domain = stretch.domainOf(node)
    const at = node - stretch.firstNodeOf(domain)
    const [free, held, wasOnline] = [this.freeOf(node), this.heldOn(node), this.isOnline(node)]
    this.#states.set(node, reason, isOut)
    if (wasOnline === this.isOnline(node)) return
    this.#states.setHeld(node, wasOnline ? held : 0)
    if (wasOnline) stretch.sets.remove(domain - stretch.firstDomain, at, free)
    else stretch.sets.add(domain - stretch.firstDomain, at, stretch.sets.largest - held)
    this.#note(domain, wasOnline ? -free : stretch.sets.largest - held)
    this.#settleDomain()
    if (this.beside) this.beside.changed(node, node + 1)
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
    const stretch = this.#stretches.ofDomain(domain)
    const at = stretch.sets.fullest(domain - stretch.firstDomain, accelerators)
    return at < 0 ? -1 : stretch.firstNodeOf(domain) + at
  }

  /** Which of the 32 nodes of the domain from number `from` of it on have exactly so many free accelerators, as bits. */
  nodeBits(domain: number, free: number, from: number): number {
    const stretch = this.#stretches.ofDomain(domain)
    return stretch.sets.bits(domain - stretch.firstDomain, free, from)
  }

  /** How many nodes of the domain have exactly so many free accelerators. */
  nodesWith(domain: number, free: number): number {
    const stretch = this.#stretches.ofDomain(domain)
    return stretch.sets.count(domain - stretch.firstDomain, free)
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

  #capacityOfDomain(domain: number): number {
    const { sets } = this.#stretches.ofDomain(domain)
    return sets.nodesPerDomain * sets.largest
  }

  /** Holds `each` accelerators more on every one of the nodes, or gives them back where it is below 0. */
  #hold(first: number, nodes: number, each: number): void {
    const until = first + nodes
    let stretch = this.#stretches.ofNode(first)
    let node = first
    for (let domain = stretch.domainOf(first); node < until; domain++) {
      if (domain === stretch.untilDomain) stretch = this.#stretches.ofDomain(domain)
      const start = stretch.firstNodeOf(domain)
      const end = Math.min(until, start + stretch.sets.nodesPerDomain)
      const strays = stretch.sets.shift(domain - stretch.firstDomain, node - start, end - start, -each)
      if (strays > 0)
        assert(
          this.#states.hold(node, end, each, stretch.sets.largest) === strays,
          'a node holds no less than nothing and no more than it has',
        )
      this.#note(domain, (strays - (end - node)) * each)
      if (this.beside) this.beside.changed(node, end)
      node = end
    }
  }

  /** So much more is free in a domain, the sums of which follow as soon as another one changes. */
  #note(domain: number, change: number): void {
    if (domain !== this.#changed) {
      this.#settleDomain()
      this.#changed = domain
    }
    this.#change += change
  }

  /** Changes the sum of the domain whose nodes have changed, and its place in the order. */
  #settleDomain(): void {
    const change = this.#change
    if (change === 0) return
    this.#change = 0
    const domain = this.#changed
    const block = this.blockOf(domain)
    const before = this.freeInDomain(domain)
    const after = before + change
    const capacity = this.#capacityOfDomain(domain)
    this.#freeIn[domain] = after
    this.#domainsByFree.move(domain, before, after)
    const ofBlock = this.freeInBlock(block)
    this.#block[4 * block + BLOCK.free] = ofBlock + change
    this.#blocksByFree.move(block, ofBlock, ofBlock + change)
    this.free += change
    if (before === capacity) this.#changeWhole(block, -1)
    else if (after === capacity) this.#changeWhole(block, 1)
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
    this.#stretches.open(nodesPerDomain, acceleratorsPerNode)
    this.domains += 1
    this.#freeIn = grown(this.#freeIn, this.domains)
    this.#blockOf = grown(this.#blockOf, this.domains)
    this.marks.open(this.domains)
    this.#freeIn[this.domains - 1] = capacity
    this.#blockOf[this.domains - 1] = this.blocks - 1
    this.nodes += nodesPerDomain
    this.#states.open(this.nodes)
    this.#addTo(this.blocks - 1, BLOCK.domains, 1)
    this.#addTo(this.blocks - 1, BLOCK.free, capacity)
    this.#addTo(this.blocks - 1, BLOCK.whole, 1)
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
        const ofDomain = this.#capacityOfDomain(domain)
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
