import type { TopologyNeed } from '../demand/gang.ts'
import type { NodeRun } from './events.ts'
import { fillDomain, membersIn } from './fill-domain.ts'
import type { FreeIndex } from './free-index.ts'
import { Spread } from './spread.ts'

/** Members of one size that want to sit together; `each` accelerators of one member are on one node. */
export interface PlacementNeed {
  readonly members: number
  readonly each: number
  readonly within: TopologyNeed
}

/** The nodes that `choose` finds, as records; nothing where the members do not fit now. Changes nothing. */
export function chooseNodes(index: FreeIndex, need: PlacementNeed): NodeRun[] | undefined {
  return choose(index, need) ? index.chosen.toRuns() : undefined
}

/**
 * Chooses nodes for all members, and writes them to `index.chosen`; false where they do not fit now. Best fit at every
 * level: the fullest domain that holds the whole, else wholly free domains of as few blocks as possible and the fullest domain
 * for the rest, so that large holes stay whole for large gangs. Changes nothing of what is free.
 */
export function choose(index: FreeIndex, { members, each, within }: PlacementNeed): boolean {
  const { level, required } = within
  index.chosen.clear()
  if (index.free < members * each) return false
  if (level === 'node') {
    const found = inOneNode(index, members * each)
    if (found || required) return found
  }
  if (inOneDomain(index, members, each)) return true
  if (level === 'domain' && required) return false
  if (inOneBlock(index, members, each)) return true
  if (level === 'block' && required) return false
  return across(index, members, each)
}

function inOneNode(index: FreeIndex, accelerators: number): boolean {
  for (
    let domain = index.nextFullest(accelerators);
    domain >= 0;
    domain = index.nextFullest(accelerators, domain)
  ) {
    const node = index.fullestNode(domain, accelerators)
    if (node < 0) continue
    index.chosen.append(node, 1, accelerators)
    return true
  }
  return false
}

function inOneDomain(index: FreeIndex, members: number, each: number): boolean {
  const accelerators = members * each
  for (
    let domain = index.nextFullest(accelerators);
    domain >= 0;
    domain = index.nextFullest(accelerators, domain)
  ) {
    if (membersIn(index, domain, each) < members) continue
    fillDomain(index, domain, members, each)
    return true
  }
  return false
}

function inOneBlock(index: FreeIndex, members: number, each: number): boolean {
  const fullest = index.nextFullestBlock(members * each)
  if (fullest < 0) return false
  const best = index.blockWithWhole(wholeDomainsFor(index, members, each))
  // Domains of unequal size may leave a rest that the block has no single domain for.
  if (best >= 0 && new Spread(index, members, each).takeWhole(best).takeClosestIn(best).isDone()) return true
  for (let block = fullest; block >= 0; block = index.nextFullestBlock(members * each, block)) {
    if (membersInBlock(index, block, each) >= members)
      return new Spread(index, members, each).takeWhole(block).takeAllOf(block).isDone()
  }
  return false
}

/** Block by block: all of those with the most wholly free domains, then the one that the rest fits closest. */
function across(index: FreeIndex, members: number, each: number): boolean {
  const spread = new Spread(index, members, each)
  for (let block = index.nextWholest(); block >= 0 && !spread.isDone(); block = index.nextWholest(block)) {
    const closest = index.blockWithWhole(wholeDomainsFor(index, spread.remaining, each))
    if (closest >= 0 && !spread.hasSeen(closest)) spread.takeWhole(closest).takeClosestIn(closest)
    if (!spread.isDone() && !spread.hasSeen(block)) spread.takeWhole(block)
  }
  return spread.takeRest().isDone()
}

/** Wholly free domains that so many members need, by the emptiest domain of the pool; unreachable where none is free. */
function wholeDomainsFor(index: FreeIndex, members: number, each: number): number {
  const emptiest = index.nextEmptiest()
  const perDomain = emptiest < 0 ? 0 : membersIn(index, emptiest, each)
  return perDomain > 0 ? Math.ceil(members / perDomain) : Number.POSITIVE_INFINITY
}

function membersInBlock(index: FreeIndex, block: number, each: number): number {
  if (each === 1) return index.freeInBlock(block)
  let members = 0
  const first = index.firstDomainOf(block)
  for (let domain = first; domain < first + index.domainsOf(block); domain++)
    members += membersIn(index, domain, each)
  return members
}
