import type { TopologyNeed } from '../demand/gang.ts'
import type { NodeRun } from './events.ts'
import type { FreeIndex } from './free-index.ts'

/** Members of one size that want to sit together; `each` accelerators of one member are on one node. */
export interface PlacementNeed {
  readonly members: number
  readonly each: number
  readonly within: TopologyNeed
}

/**
 * Chooses nodes for all members, or nothing where they do not fit now. Best fit at every level: the fullest domain that
 * holds the whole, else wholly free domains of as few blocks as possible and the fullest domain for the rest, so that
 * large holes stay whole for large gangs. Changes nothing.
 */
export function chooseNodes(index: FreeIndex, need: PlacementNeed): NodeRun[] | undefined {
  const accelerators = need.members * need.each
  if (index.free < accelerators) return undefined
  const { level, required } = need.within
  if (level === 'node') {
    const runs = chooseOneNode(index, accelerators)
    if (runs || required) return runs
  }
  const inDomain = chooseOneDomain(index, need)
  if (inDomain || (level === 'domain' && required)) return inDomain
  const inBlock = chooseOneBlock(index, need)
  if (inBlock || (level === 'block' && required)) return inBlock
  return chooseAcross(index, need)
}

function chooseOneNode(index: FreeIndex, accelerators: number): NodeRun[] | undefined {
  for (
    let domain = index.nextFullest(accelerators);
    domain >= 0;
    domain = index.nextFullest(accelerators, domain)
  ) {
    const node = fullestNode(index, domain, accelerators)
    if (node >= 0) return [{ first: node, nodes: 1, each: accelerators }]
  }
  return undefined
}

function chooseOneDomain(index: FreeIndex, need: PlacementNeed): NodeRun[] | undefined {
  const accelerators = need.members * need.each
  for (
    let domain = index.nextFullest(accelerators);
    domain >= 0;
    domain = index.nextFullest(accelerators, domain)
  ) {
    if (membersIn(index, domain, need.each) >= need.members)
      return fillDomain(index, domain, need.members, need.each)
  }
  return undefined
}

function chooseOneBlock(index: FreeIndex, need: PlacementNeed): NodeRun[] | undefined {
  const best = index.blockWithWhole(wholeDomainsFor(index, need.members, need.each))
  // Domains of unequal size may leave a rest that the block has no single domain for.
  const runs = best < 0 ? undefined : new Spread(index, need).takeWhole(best).takeClosestIn(best).finish()
  if (runs) return runs
  let fullest = -1
  for (let block = 0; block < index.blocks; block++) {
    const free = index.blockFree[block] as number
    if (free < need.members * need.each) continue
    if (fullest >= 0 && free >= (index.blockFree[fullest] as number)) continue
    if (membersInBlock(index, block, need.each) >= need.members) fullest = block
  }
  return fullest < 0 ? undefined : new Spread(index, need).takeWhole(fullest).takeAllOf(fullest).finish()
}

/** Block by block: all of those with the most wholly free domains, then the one that the rest fits closest. */
function chooseAcross(index: FreeIndex, need: PlacementNeed): NodeRun[] | undefined {
  const spread = new Spread(index, need)
  for (let block = index.nextWholest(); block >= 0 && !spread.isDone(); block = index.nextWholest(block)) {
    const closest = index.blockWithWhole(wholeDomainsFor(index, spread.remaining, need.each))
    if (closest >= 0 && !spread.hasSeen(closest)) spread.takeWhole(closest).takeClosestIn(closest)
    if (!spread.isDone() && !spread.hasSeen(block)) spread.takeWhole(block)
  }
  return spread.takeRest().finish()
}

/** Wholly free domains that so many members need, by the emptiest domain of the pool; unreachable where none is free. */
function wholeDomainsFor(index: FreeIndex, members: number, each: number): number {
  const emptiest = index.nextEmptiest()
  const perDomain = emptiest < 0 ? 0 : membersIn(index, emptiest, each)
  return perDomain > 0 ? Math.ceil(members / perDomain) : Number.POSITIVE_INFINITY
}

/** A placement over several domains in the making. */
class Spread {
  remaining: number
  readonly #index: FreeIndex
  readonly #each: number
  readonly #runs: NodeRun[] = []
  readonly #used = new Set<number>()
  readonly #blocks = new Set<number>()

  constructor(index: FreeIndex, need: PlacementNeed) {
    this.#index = index
    this.#each = need.each
    this.remaining = need.members
  }

  isDone(): boolean {
    return this.remaining === 0
  }

  hasSeen(block: number): boolean {
    return this.#blocks.has(block)
  }

  /** Takes wholly free domains of the block as long as each is needed whole. */
  takeWhole(block: number): this {
    this.#blocks.add(block)
    const until = this.#index.blockFirstDomain[block + 1] as number
    for (
      let domain = this.#index.blockFirstDomain[block] as number;
      domain < until && this.remaining > 0;
      domain++
    ) {
      if (this.#index.isWhole(domain) && membersIn(this.#index, domain, this.#each) <= this.remaining) {
        this.#takeDomain(domain)
      }
    }
    return this
  }

  /** Takes the fullest domain of the block that holds all that is left, if there is one. */
  takeClosestIn(block: number): this {
    if (this.remaining === 0) return this
    let closest = -1
    for (const domain of this.#unusedOf(block)) {
      if (membersIn(this.#index, domain, this.#each) < this.remaining) continue
      if (closest < 0 || this.#free(domain) < this.#free(closest)) closest = domain
    }
    return closest < 0 ? this : this.#takeDomain(closest)
  }

  /** Takes what else is free in the block, emptiest domains first, so that few domains are touched. */
  takeAllOf(block: number): this {
    const domains = this.#unusedOf(block).sort((a, b) => this.#free(b) - this.#free(a) || a - b)
    for (const domain of domains) {
      this.takeClosestIn(block)
      if (this.remaining === 0) break
      this.#takeDomain(domain)
    }
    return this
  }

  /** The fullest domain that holds all that is left, else the emptiest ones in turn. */
  takeRest(): this {
    for (
      let domain = this.#index.nextEmptiest();
      domain >= 0 && this.remaining > 0;
      domain = this.#index.nextEmptiest(domain)
    ) {
      const closest = this.#closestDomain()
      if (closest >= 0) return this.#takeDomain(closest)
      if (!this.#used.has(domain)) this.#takeDomain(domain)
    }
    return this
  }

  finish(): NodeRun[] | undefined {
    return this.remaining > 0 ? undefined : this.#runs
  }

  #closestDomain(): number {
    const accelerators = this.remaining * this.#each
    for (
      let domain = this.#index.nextFullest(accelerators);
      domain >= 0;
      domain = this.#index.nextFullest(accelerators, domain)
    ) {
      if (!this.#used.has(domain) && membersIn(this.#index, domain, this.#each) >= this.remaining)
        return domain
    }
    return -1
  }

  #unusedOf(block: number): number[] {
    const domains: number[] = []
    const until = this.#index.blockFirstDomain[block + 1] as number
    for (let domain = this.#index.blockFirstDomain[block] as number; domain < until; domain++) {
      if (!this.#used.has(domain)) domains.push(domain)
    }
    return domains
  }

  #free(domain: number): number {
    return this.#index.domainFree[domain] as number
  }

  #takeDomain(domain: number): this {
    const members = Math.min(this.remaining, membersIn(this.#index, domain, this.#each))
    this.#used.add(domain)
    if (members > 0) {
      for (const run of fillDomain(this.#index, domain, members, this.#each)) appendRun(this.#runs, run)
      this.remaining -= members
    }
    return this
  }
}

/** Places members in a domain that holds them: on as few nodes as it can, the last ones on the fullest node that fits. */
function fillDomain(index: FreeIndex, domain: number, members: number, each: number): NodeRun[] {
  const single = fullestNode(index, domain, members * each)
  if (single >= 0) return [{ first: single, nodes: 1, each: members * each }]
  if (index.isWhole(domain)) return fillWholeDomain(index, domain, members, each)
  const taken = new Map<number, number>()
  for (let remaining = members; remaining > 0; ) {
    let node = fullestNode(index, domain, remaining * each, taken)
    if (node < 0) node = emptiestNode(index, domain, taken)
    const here = Math.min(remaining, Math.floor(index.freeOf(node) / each))
    taken.set(node, here * each)
    remaining -= here
  }
  const runs: NodeRun[] = []
  for (const node of [...taken.keys()].sort((a, b) => a - b)) {
    appendRun(runs, { first: node, nodes: 1, each: taken.get(node) as number })
  }
  return runs
}

function fillWholeDomain(index: FreeIndex, domain: number, members: number, each: number): NodeRun[] {
  const runs: NodeRun[] = []
  let remaining = members
  for (let node = index.domainFirstNode[domain] as number; remaining > 0; node++) {
    const here = Math.min(remaining, Math.floor((index.nodeCapacity[node] as number) / each))
    if (here > 0) appendRun(runs, { first: node, nodes: 1, each: here * each })
    remaining -= here
  }
  return runs
}

/** The node of the domain with the least free that still has `accelerators` free, or -1. */
function fullestNode(
  index: FreeIndex,
  domain: number,
  accelerators: number,
  not?: ReadonlyMap<number, number>,
): number {
  let best = -1
  let bestFree = Number.POSITIVE_INFINITY
  const until = index.domainFirstNode[domain + 1] as number
  for (let node = index.domainFirstNode[domain] as number; node < until; node++) {
    const free = index.freeOf(node)
    if (free >= accelerators && free < bestFree && !not?.has(node)) {
      best = node
      bestFree = free
    }
  }
  return best
}

function emptiestNode(index: FreeIndex, domain: number, not: ReadonlyMap<number, number>): number {
  let best = -1
  let bestFree = -1
  const until = index.domainFirstNode[domain + 1] as number
  for (let node = index.domainFirstNode[domain] as number; node < until; node++) {
    const free = index.freeOf(node)
    if (free > bestFree && !not.has(node)) {
      best = node
      bestFree = free
    }
  }
  return best
}

/** How many members of a size the domain's free accelerators hold. */
function membersIn(index: FreeIndex, domain: number, each: number): number {
  if (each === 1) return index.domainFree[domain] as number
  let members = 0
  const until = index.domainFirstNode[domain + 1] as number
  for (let node = index.domainFirstNode[domain] as number; node < until; node++) {
    members += Math.floor(index.freeOf(node) / each)
  }
  return members
}

function membersInBlock(index: FreeIndex, block: number, each: number): number {
  let members = 0
  const until = index.blockFirstDomain[block + 1] as number
  for (let domain = index.blockFirstDomain[block] as number; domain < until; domain++) {
    members += membersIn(index, domain, each)
  }
  return members
}

/** Joins a run to the last one where they touch and hold the same. */
function appendRun(runs: NodeRun[], run: NodeRun): void {
  const last = runs.at(-1)
  if (last && last.first + last.nodes === run.first && last.each === run.each) {
    runs[runs.length - 1] = { first: last.first, nodes: last.nodes + run.nodes, each: last.each }
  } else runs.push(run)
}
