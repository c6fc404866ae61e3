import type { FreeIndex } from './free-index.ts'

/** How many members of a size the domain's free accelerators hold. */
export function membersIn(index: FreeIndex, domain: number, each: number): number {
  if (each === 1) return index.freeInDomain(domain)
  const from = index.firstNodeOf(domain)
  const until = from + index.nodesOf(domain)
  if (index.isWhole(domain)) return (until - from) * seatsOn(index.capacityOf(from), each)
  let members = 0
  for (let node = from; node < until; node++) members += seatsOn(index.freeOf(node), each)
  return members
}

/**
 * Chooses nodes in a domain that holds the members: one node where one holds them all, the fullest such. Else the emptiest
 * ones whole, as long as no node holds all that is left, and then the fullest node that does.
 */
export function fillDomain(index: FreeIndex, domain: number, members: number, each: number): void {
  const single = index.fullestNode(domain, members * each)
  if (single >= 0) index.chosen.append(single, 1, members * each)
  else if (index.isWhole(domain)) fillWholeDomain(index, domain, members, each)
  else fillPartDomain(index, domain, members, each)
}

/** All nodes are alike, so the first ones are taken. */
function fillWholeDomain(index: FreeIndex, domain: number, members: number, each: number): void {
  const first = index.firstNodeOf(domain)
  const seats = seatsOn(index.capacityOf(first), each)
  const full = Math.floor(members / seats)
  const rest = members - full * seats
  index.chosen.append(first, full, seats * each)
  if (rest > 0) index.chosen.append(first + full, 1, rest * each)
}

/** Nodes with more than `free` free are taken whole, so are the first few with `free`, and one more for the rest. */
function fillPartDomain(index: FreeIndex, domain: number, members: number, each: number): void {
  let rest = members
  let free = index.capacityOf(index.firstNodeOf(domain))
  let few = 0
  for (; ; free--) {
    const alike = index.nodesWith(domain, free)
    if (alike === 0) continue
    const seats = seatsOn(free, each)
    few = Math.ceil(rest / seats) - 1
    if (few < alike) break
    rest -= alike * seats
  }
  rest -= few * seatsOn(free, each)
  const fullest = index.fullestNode(domain, rest * each)
  const isBelow = index.freeOf(fullest) < free
  appendInOrder(index, domain, each, { free, few, rest, last: isBelow ? fullest : -1 })
}

interface Part {
  readonly free: number
  readonly few: number
  readonly rest: number
  /** Where the rest sits; -1 for the node with `free` free that follows the few. */
  readonly last: number
}

function appendInOrder(
  index: FreeIndex,
  domain: number,
  each: number,
  { free, few, rest, last }: Part,
): void {
  const first = index.firstNodeOf(domain)
  const until = first + index.nodesOf(domain)
  let left = few
  let holder = last
  for (let node = first; node < until; node++) {
    const here = index.freeOf(node)
    if (here === free && left === 0 && holder < 0) holder = node
    if (node === holder) index.chosen.append(node, 1, rest * each)
    else if (here > free || (here === free && left > 0)) {
      index.chosen.append(node, 1, seatsOn(here, each) * each)
      if (here === free) left -= 1
    }
  }
}

function seatsOn(free: number, each: number): number {
  return each === 1 ? free : Math.floor(free / each)
}
