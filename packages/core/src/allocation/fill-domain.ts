import type { FreeIndex } from './free-index.ts'

/** How many members of a size the domain's free accelerators hold. */
export function membersIn(index: FreeIndex, domain: number, each: number): number {
  if (each === 1) return index.freeInDomain(domain)
  const largest = index.largestIn(domain)
  if (index.isWhole(domain)) return index.nodesOf(domain) * seatsOn(largest, each)
  let members = 0
  for (let free = each; free <= largest; free++)
    members += index.nodesWith(domain, free) * seatsOn(free, each)
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
  const seats = seatsOn(index.largestIn(domain), each)
  const full = Math.floor(members / seats)
  const rest = members - full * seats
  index.chosen.append(first, full, seats * each)
  if (rest > 0) index.chosen.append(first + full, 1, rest * each)
}

/** Nodes with more than `free` free are taken whole, so are the first few with `free`, and one more for the rest. */
function fillPartDomain(index: FreeIndex, domain: number, members: number, each: number): void {
  let rest = members
  let free = index.largestIn(domain)
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
  const nodes = index.nodesOf(domain)
  let left = few
  let holder = last
  for (let from = 0; from < nodes; from += 32) {
    let rooms = 0
    for (let more = index.largestIn(domain); more > free; more--) rooms |= index.nodeBits(domain, more, from)
    let alike = index.nodeBits(domain, free, from)
    for (; left > 0 && alike !== 0; left--) {
      rooms |= alike & -alike
      alike &= alike - 1
    }
    if (holder < 0 && alike !== 0) holder = first + from + numberOf(alike)
    if (holder >= first + from && holder < first + from + 32) rooms |= 1 << (holder - first - from)
    for (; rooms !== 0; rooms &= rooms - 1) {
      const node = first + from + numberOf(rooms)
      const members = node === holder ? rest : seatsOn(index.freeOf(node), each)
      index.chosen.append(node, 1, members * each)
    }
  }
}

/** Of the lowest bit. */
function numberOf(bits: number): number {
  return 31 - Math.clz32(bits & -bits)
}

function seatsOn(free: number, each: number): number {
  return each === 1 ? free : Math.floor(free / each)
}
