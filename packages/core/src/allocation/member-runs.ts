import type { NodeRun } from './events.ts'

// What a gang holds of the nodes of one pool, node by node, and as runs.

/** Accelerators by node, added up. */
export function heldByNode(runs: readonly NodeRun[], held = new Map<number, number>()): Map<number, number> {
  for (const { first, nodes, each } of runs) {
    for (let node = first; node < first + nodes; node++) held.set(node, (held.get(node) ?? 0) + each)
  }
  return held
}

/** In order of node, those that touch and hold the same as one run. */
export function runsOf(held: ReadonlyMap<number, number>): NodeRun[] {
  const runs: NodeRun[] = []
  for (const [node, each] of [...held].sort(([a], [b]) => a - b)) {
    if (each <= 0) continue
    const last = runs.at(-1)
    if (last && last.each === each && last.first + last.nodes === node)
      runs[runs.length - 1] = { ...last, nodes: last.nodes + 1 }
    else runs.push({ first: node, nodes: 1, each })
  }
  return runs
}

/** Whether the nodes are held by nothing but whole accelerators: no shares, and no cores or memory that nodes count. */
export function areWholeOnly(runs: readonly NodeRun[]): boolean {
  return runs.every(
    ({ milli, cpuMilli, memoryMiB }) =>
      milli === undefined && cpuMilli === undefined && memoryMiB === undefined,
  )
}

export function joined(runs: readonly NodeRun[], more: readonly NodeRun[]): NodeRun[] {
  return runsOf(heldByNode(more, heldByNode(runs)))
}

/** What the first runs hold beyond the second ones. */
export function without(runs: readonly NodeRun[], less: readonly NodeRun[]): NodeRun[] {
  const held = heldByNode(runs)
  for (const [node, each] of heldByNode(less)) held.set(node, (held.get(node) ?? 0) - each)
  return runsOf(held)
}

export function acceleratorsIn(runs: readonly NodeRun[]): number {
  let sum = 0
  for (const { nodes, each } of runs) sum += nodes * each
  return sum
}
