import type { NodeGroup } from '../../capacity/topology.ts'
import type { NodeRun, Part } from '../events.ts'
import { FreeIndex } from '../free-index.ts'
import type { PoolState } from '../pool-state.ts'
import type { BookedWindow } from './booked-windows.ts'

export interface WindowIndex {
  readonly index: FreeIndex
  /** The pool's number of each of its nodes. */
  readonly nodes: readonly number[]
}

/** What is free on the window's nodes alone, in the domains and blocks in which they lie. */
export function windowIndex({ free }: PoolState, { room }: BookedWindow): WindowIndex {
  const nodes = room.flatMap(({ first, nodes: count }) => Array.from({ length: count }, (_, n) => first + n))
  const index = new FreeIndex()
  index.add(domainsOf(free, nodes))
  const held = nodes
    .map((node, n): NodeRun => ({ first: n, nodes: 1, each: free.capacityOf(node) - free.freeOf(node) }))
    .filter(({ each }) => each > 0)
  index.take(held)
  return { index, nodes }
}

function domainsOf(free: FreeIndex, nodes: readonly number[]): NodeGroup[] {
  const groups: NodeGroup[] = []
  for (let n = 0; n < nodes.length; ) {
    const domain = free.domainOf(nodes[n] as number)
    const from = n
    while (n < nodes.length && free.domainOf(nodes[n] as number) === domain) n++
    const before = from > 0 ? free.blockOf(free.domainOf(nodes[from - 1] as number)) : -1
    groups.push({
      domains: 1,
      nodesPerDomain: n - from,
      acceleratorsPerNode: free.capacityOf(nodes[from] as number),
      domainsPerBlock: 1,
      ...(before === free.blockOf(domain) ? { continuesBlock: true } : {}),
    })
  }
  return groups
}

/** Runs that do not follow one another in the pool are cut. */
export function renumbered(part: Part, nodes: readonly number[]): Part {
  const runs: NodeRun[] = []
  for (const run of part.runs) {
    for (let n = run.first; n < run.first + run.nodes; n++) {
      const first = nodes[n] as number
      const last = runs.at(-1)
      if (last && last.each === run.each && last.first + last.nodes === first)
        runs[runs.length - 1] = { ...last, nodes: last.nodes + 1 }
      else runs.push({ first, nodes: 1, each: run.each })
    }
  }
  return { ...part, runs }
}
