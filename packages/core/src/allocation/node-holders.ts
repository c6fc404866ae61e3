import type { NodeRun } from './events.ts'
import type { GangState } from './gang-state.ts'

/** Nodes are listed by thirty-two: a rack’s run is in one or two lists, and a list is short wherever a gang holds a node or more. */
const NODES_PER_LIST_LOG2 = 5

/** Who sits where in one pool: the gangs that hold something on a stretch of nodes, found without asking all that run. */
export class NodeHolders {
  readonly #lists: GangState[][] = []

  /** Notes that a gang holds these nodes; nothing else may be noted between the runs of one gang. */
  add(gang: GangState, runs: readonly NodeRun[]): void {
    for (const { first, nodes } of runs) {
      const last = listOf(first + nodes - 1)
      for (let at = listOf(first); at <= last; at++) {
        const list = this.#list(at)
        if (list[list.length - 1] !== gang) list.push(gang)
      }
    }
  }

  /** Forgets that it holds them. */
  remove(gang: GangState, runs: readonly NodeRun[]): void {
    for (const { first, nodes } of runs) {
      const last = listOf(first + nodes - 1)
      for (let at = listOf(first); at <= last; at++) takeOut(this.#list(at), gang)
    }
  }

  /** Whoever holds anything on the nodes from `first` to before `until`, in the order in which they run. */
  on(poolId: string, first: number, until: number): GangState[] {
    const found: GangState[] = []
    const lastList = Math.min(listOf(until - 1), this.#lists.length - 1)
    for (let at = listOf(first); at <= lastList; at++) {
      for (const gang of this.#lists[at] as GangState[])
        if (holdsAnyOf(gang, poolId, first, until)) found.push(gang)
    }
    return found.length < 2 ? found : [...new Set(found)].sort(byEnd)
  }

  #list(at: number): GangState[] {
    while (this.#lists.length <= at) this.#lists.push([])
    return this.#lists[at] as GangState[]
  }
}

function listOf(node: number): number {
  return node >> NODES_PER_LIST_LOG2
}

/** A gang whose runs meet in one list is in it once. */
function takeOut(list: GangState[], gang: GangState): void {
  const at = list.indexOf(gang)
  if (at < 0) return
  const last = list.pop() as GangState
  if (at < list.length) list[at] = last
}

function holdsAnyOf({ parts }: GangState, poolId: string, from: number, until: number): boolean {
  for (const part of parts) {
    if (part.poolId !== poolId) continue
    for (const { first, nodes } of part.runs) if (first < until && from < first + nodes) return true
  }
  return false
}

function byEnd(a: GangState, b: GangState): number {
  if (a.expectedEnd === b.expectedEnd) return a.seq - b.seq
  return a.expectedEnd < b.expectedEnd ? -1 : 1
}
