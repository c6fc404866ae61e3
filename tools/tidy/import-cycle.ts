import { allImports } from './imports.ts'
import type { Repository } from './repository.ts'
import type { Violation } from './violation.ts'

interface Edge {
  readonly target: string
  readonly line: number
}

/** No file reaches itself through imports, types included; each knot of files is reported once, by its shortest cycle. */
export function importCycle(repository: Repository): readonly Violation[] {
  const edges = edgesOf(repository)
  const reported = new Set<string>()
  return [...edges.keys()].flatMap((start) => {
    if (reported.has(start)) return []
    const cycle = shortestCycle(edges, start)
    if (!cycle) return []
    for (const path of cycle) reported.add(path)
    const line = edges.get(start)?.find(({ target }) => target === cycle[1])?.line ?? 1
    return [{ path: start, line, says: `is imported by itself: ${cycle.join(' → ')}` }]
  })
}

function edgesOf(repository: Repository): ReadonlyMap<string, readonly Edge[]> {
  const edges = new Map<string, Edge[]>()
  for (const { from, line, target } of allImports(repository)) {
    if (target === undefined) continue
    edges.set(from, [...(edges.get(from) ?? []), { target, line }])
  }
  return edges
}

/** Breadth first, so that the first way back to the start is a shortest one. */
function shortestCycle(
  edges: ReadonlyMap<string, readonly Edge[]>,
  start: string,
): readonly string[] | undefined {
  const cameFrom = new Map<string, string>()
  const queue = [start]
  for (const path of queue) {
    for (const { target } of edges.get(path) ?? []) {
      if (target === start) return [...wayTo(path, cameFrom), start]
      if (cameFrom.has(target)) continue
      cameFrom.set(target, path)
      queue.push(target)
    }
  }
  return undefined
}

function wayTo(path: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const before = cameFrom.get(path)
  return before === undefined ? [path] : [...wayTo(before, cameFrom), path]
}
