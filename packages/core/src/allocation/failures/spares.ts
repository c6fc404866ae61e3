import { NOT_WORKING, RETIRED, SPARE } from '../node-condition.ts'
import type { PoolState } from '../pool-state.ts'
import type { NodeRange } from './range-in.ts'

/**
 * Sees to it that each domain that has nodes in the range has as many spares as its pool asks for, less its nodes that are
 * out of service: those stand in for the spares that now do their work. Nodes of high numbers stand by first.
 */
export function settleSpares(pool: PoolState, { first, until }: NodeRange): void {
  const wanted = pool.pool.upkeep?.sparesPerDomain ?? 0
  if (wanted === 0 || first >= until) return
  const { free } = pool
  for (let domain = free.domainOf(first); domain <= free.domainOf(until - 1); domain++)
    settleDomain(pool, domain, wanted)
}

/** Lets these nodes stand by, and no others. */
export function setSpares({ free }: PoolState, ranges: readonly NodeRange[]): void {
  for (let node = 0; node < free.nodes; node++)
    free.setOut(
      node,
      SPARE,
      ranges.some(({ first, until }) => node >= first && node < until),
    )
}

function settleDomain({ free }: PoolState, domain: number, sparesPerDomain: number): void {
  const first = free.firstNodeOf(domain)
  const last = first + free.nodesOf(domain) - 1
  let out = 0
  let spares = 0
  for (let node = first; node <= last; node++) {
    if (free.isOut(node, NOT_WORKING)) {
      out += 1
      free.setOut(node, SPARE, false)
    } else if (free.isOut(node, SPARE)) spares += 1
  }
  const wanted = Math.max(0, sparesPerDomain - out)
  for (let node = first; node <= last && spares > wanted; node++) {
    if (!free.isOut(node, SPARE)) continue
    free.setOut(node, SPARE, false)
    spares -= 1
  }
  for (let node = last; node >= first && spares < wanted; node--) {
    if (free.isOut(node, SPARE | NOT_WORKING) || free.heldOn(node) > 0) continue
    free.setOut(node, SPARE, true)
    spares += 1
  }
}

/** The nodes that would stand by if no node had failed. */
export function sparesOfWhole({ pool, free }: PoolState): ReadonlySet<number> {
  const spares = new Set<number>()
  const wanted = pool.upkeep?.sparesPerDomain ?? 0
  if (wanted === 0) return spares
  for (let domain = 0; domain < free.domains; domain++) {
    const first = free.firstNodeOf(domain)
    const nodes = Array.from({ length: free.nodesOf(domain) }, (_, n) => first + n)
    const there = nodes.filter((node) => !free.isOut(node, RETIRED))
    const count = Math.max(0, wanted - (nodes.length - there.length))
    for (const node of there.slice(Math.max(0, there.length - count))) spares.add(node)
  }
  return spares
}
