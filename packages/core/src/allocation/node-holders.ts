import { assert } from '../base/assert.ts'
import type { NodeRun } from './events.ts'
import type { GangState } from './gang-state.ts'

/** Nodes are listed by thirty-two: a rack's run is in one or two lists, and a list is short wherever a gang holds a node or more. */
const NODES_PER_LIST_LOG2 = 5

/** Who holds which nodes of a stretch: the runs lie side by side, so that a search looks at numbers, and at no gang but the right one. */
interface HolderList {
  readonly gangs: GangState[]
  readonly firsts: number[]
  readonly untils: number[]
}

/** Who sits where in one pool: the gangs that hold something on a stretch of nodes, found without asking all that run. */
export class NodeHolders {
  readonly #lists: HolderList[] = []

  /** Notes that a gang holds these nodes. */
  add(gang: GangState, runs: readonly NodeRun[]): void {
    for (const { first, nodes } of runs) {
      const last = listOf(first + nodes - 1)
      for (let at = listOf(first); at <= last; at++) {
        const { gangs, firsts, untils } = this.#list(at)
        gangs.push(gang)
        firsts.push(first)
        untils.push(first + nodes)
      }
    }
  }

  /** Forgets that it holds them. */
  remove(gang: GangState, runs: readonly NodeRun[]): void {
    for (const { first, nodes } of runs) {
      const last = listOf(first + nodes - 1)
      for (let at = listOf(first); at <= last; at++) takeOut(this.#list(at), gang, first)
    }
  }

  /** Whoever holds anything on the nodes from `first` to before `until`, in the order in which they run. */
  on(first: number, until: number): GangState[] {
    const found: GangState[] = []
    const lastList = Math.min(listOf(until - 1), this.#lists.length - 1)
    for (let at = listOf(first); at <= lastList; at++) {
      const { gangs, firsts, untils } = this.#list(at)
      for (let i = 0; i < gangs.length; i++) {
        if ((firsts[i] as number) < until && first < (untils[i] as number)) found.push(gangs[i] as GangState)
      }
    }
    return found.length < 2 ? found : [...new Set(found)].sort(byEnd)
  }

  #list(at: number): HolderList {
    while (this.#lists.length <= at) this.#lists.push({ gangs: [], firsts: [], untils: [] })
    return this.#lists[at] as HolderList
  }
}

function listOf(node: number): number {
  return node >> NODES_PER_LIST_LOG2
}

/** The last one takes its place: whoever asks puts them in order. */
function takeOut({ gangs, firsts, untils }: HolderList, gang: GangState, first: number): void {
  let at = gangs.indexOf(gang)
  while (at >= 0 && firsts[at] !== first) at = gangs.indexOf(gang, at + 1)
  assert(at >= 0, 'a gang leaves the nodes that it holds')
  const lastGang = gangs.pop() as GangState
  const lastFirst = firsts.pop() as number
  const lastUntil = untils.pop() as number
  if (at === gangs.length) return
  gangs[at] = lastGang
  firsts[at] = lastFirst
  untils[at] = lastUntil
}

function byEnd(a: GangState, b: GangState): number {
  if (a.expectedEnd === b.expectedEnd) return a.seq - b.seq
  return a.expectedEnd < b.expectedEnd ? -1 : 1
}
