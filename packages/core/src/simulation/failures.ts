import type { Command } from '../allocation/commands.ts'
import { assert } from '../base/assert.ts'
import { groupBy } from '../base/group.ts'
import { DAY_MS, type Instant, later } from '../base/instant.ts'
import { mergeByTime } from '../base/merge-by-time.ts'
import type { Prng } from '../base/prng.ts'
import { type FailureRate, failureRateOf } from '../capacity/failure-rate.ts'
import { acceleratorsIn, nodesIn } from '../capacity/topology.ts'
import type { TimedCommand } from './simulator.ts'
import type { Delivery } from './supply.ts'

const YEAR_MS = 365.25 * DAY_MS

/**
 * The failures of nodes and their returns, in order of time, drawn one after the other so that years of them need no memory.
 * Every pool has its own chance, and what fails depends on nothing that the allocator decides.
 */
export function failureCommands(
  deliveries: readonly Delivery[],
  rates: readonly FailureRate[],
  chance: Prng,
): Iterable<TimedCommand> {
  const byPool = groupBy(deliveries, ({ pool }) => pool.id)
  const streams = [...byPool].flatMap(([poolId, brought]) => {
    const [first] = brought
    const rate = first && failureRateOf(first.pool, rates)
    if (!rate || rate.perAcceleratorYear === 0) return []
    return [poolFailures(poolId, presences(brought), rate, chance.fork(poolId))]
  })
  return mergeByTime(streams, ({ at }) => at)
}

/** Equal nodes that are there; `before` counts the accelerators of all that are listed before them. */
interface NodesThere {
  readonly before: number
  readonly firstNode: number
  readonly acceleratorsPerNode: number
  /** When they leave. */
  readonly until: Instant
}

interface Present {
  readonly from: Instant
  readonly until: Instant
  readonly nodes: readonly NodesThere[]
  readonly accelerators: number
}

/** A Poisson process: while so many accelerators are there, the next failure comes after an exponential time. */
function* poolFailures(
  poolId: string,
  presences: readonly Present[],
  { perAcceleratorYear, repairMs, slow }: FailureRate,
  chance: Prng,
): Generator<TimedCommand> {
  const gone = new GoneNodes(poolId)
  const kinds = chance.fork('slow')
  for (const present of presences) {
    const meanGapMs = YEAR_MS / (perAcceleratorYear * present.accelerators)
    for (let exact = present.from - meanGapMs * Math.log(1 - chance.next()); exact < present.until; ) {
      const at = Math.floor(exact) as Instant
      const { node, leaves } = nodeAt(present, chance.below(present.accelerators))
      yield* gone.until(at)
      if (!gone.has(node)) {
        const speed = slow && kinds.next() < slow.part ? slow.speed : undefined
        yield { at, command: hitting(poolId, node, speed) }
        gone.add({ node, back: later(at, repairMs), leaves, isSlow: speed !== undefined })
      }
      exact -= meanGapMs * Math.log(1 - chance.next())
    }
    yield* gone.until(present.until)
  }
}

/** What befalls a node: it fails, or goes on at a share of its speed. */
function hitting(poolId: string, node: number, speed: number | undefined): Command {
  if (speed === undefined) return { kind: 'failNode', poolId, node }
  return { kind: 'degradeNode', poolId, node, speed }
}

/** The stretches between two changes of what is there, where anything is. */
function presences(deliveries: readonly Delivery[]): Present[] {
  const moments = [...new Set(deliveries.flatMap(({ start, until }) => [start, until]))].sort((a, b) => a - b)
  return moments.flatMap((from, n) => {
    const until = moments[n + 1]
    const there = deliveries.filter((delivery) => delivery.start <= from && from < delivery.until)
    const accelerators = there.reduce((sum, { groups }) => sum + acceleratorsIn(groups), 0)
    return until !== undefined && accelerators > 0
      ? [{ from, until, nodes: nodesOf(there), accelerators }]
      : []
  })
}

function nodesOf(deliveries: readonly Delivery[]): NodesThere[] {
  let before = 0
  return deliveries.flatMap(({ groups, firstNode, until }) => {
    let first = firstNode
    return groups.map((group) => {
      const nodes = { before, firstNode: first, acceleratorsPerNode: group.acceleratorsPerNode, until }
      before += acceleratorsIn([group])
      first += nodesIn([group])
      return nodes
    })
  })
}

/** The node that holds one of the accelerators that are there, counted through all of them. */
function nodeAt({ nodes }: Present, accelerator: number): { node: number; leaves: Instant } {
  const found = nodes.findLast(({ before }) => before <= accelerator)
  assert(found, 'an accelerator is counted among those that are there')
  const { before, firstNode, acceleratorsPerNode, until } = found
  return { node: firstNode + Math.floor((accelerator - before) / acceleratorsPerNode), leaves: until }
}

interface GoneNode {
  readonly node: number
  readonly back: Instant
  readonly leaves: Instant
  readonly isSlow: boolean
}

/** The nodes of a pool that are being repaired, or wait for it at work, all for equally long: who failed first is back first. */
class GoneNodes {
  readonly #poolId: string
  readonly #nodes = new Set<number>()
  #queue: GoneNode[] = []
  #next = 0

  constructor(poolId: string) {
    this.#poolId = poolId
  }

  has(node: number): boolean {
    return this.#nodes.has(node)
  }

  add(gone: GoneNode): void {
    this.#nodes.add(gone.node)
    this.#queue.push(gone)
  }

  /** The returns up to this moment; a node that has left meanwhile does not return. */
  *until(at: Instant): Generator<TimedCommand> {
    for (let gone = this.#queue[this.#next]; gone && gone.back <= at; gone = this.#queue[++this.#next]) {
      this.#nodes.delete(gone.node)
      if (gone.back < gone.leaves) yield { at: gone.back, command: this.#repair(gone) }
    }
    if (this.#next > 1_000) {
      this.#queue = this.#queue.slice(this.#next)
      this.#next = 0
    }
  }

  #repair({ node, isSlow }: GoneNode): Command {
    const poolId = this.#poolId
    return isSlow ? hitting(poolId, node, 1) : { kind: 'returnNode', poolId, node }
  }
}
