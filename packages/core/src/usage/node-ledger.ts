import type { NodeRun } from '../allocation/events.ts'
import { AcceleratorsInUse } from '../allocation/shares/accelerators-in-use.ts'
import type { NodeGroup } from '../capacity/topology.ts'

const IN_SERVICE = 0
const FAILED = 1
const REMOVED = 2

/** Nodes that follow one another. */
interface Stretch {
  readonly first: number
  readonly nodes: number
}

/**
 * The nodes of one pool, numbered as they arrive. In accelerators: how many are there, how many of them have failed, are in use,
 * or are kept free for a gang that will start there when the rest of its room is free.
 * What is in use is counted as one sum, and node by node only from when something is kept for the first time.
 */
export class NodeLedger {
  readonly #seats: () => Iterable<readonly NodeRun[]>
  #isUseByNode = false
  #sizes = new Int32Array(64)
  #used = new Int32Array(64)
  #states = new Uint8Array(64)
  #nodes = 0
  readonly #shared = new AcceleratorsInUse()
  readonly #sharedByNode = new AcceleratorsInUse()
  /** By node, what gangs want there for whom room is being cleared. */
  readonly #wanted = new Map<number, number>()
  /** Of all nodes that have not been removed, failed ones included. */
  present = 0
  broken = 0
  used = 0
  kept = 0

  /** `seats` shows the runs of all that are in use, when they are first needed. */
  constructor(seats: () => Iterable<readonly NodeRun[]> = () => []) {
    this.#seats = seats
  }

  /** `areOut`: they come while an outage covers them. */
  add(groups: readonly NodeGroup[], areOut = false): void {
    const firstNew = this.#nodes
    for (const { domains, nodesPerDomain, acceleratorsPerNode } of groups) {
      const first = this.#nodes
      this.#nodes += domains * nodesPerDomain
      this.#reserve()
      this.#sizes.fill(acceleratorsPerNode, first, this.#nodes)
      this.present += domains * nodesPerDomain * acceleratorsPerNode
    }
    if (areOut) this.failAll({ first: firstNew, nodes: this.#nodes - firstNew })
  }

  remove(first: number, nodes: number): void {
    for (let node = first; node < first + nodes; node++) {
      const state = this.#states[node]
      if (state === REMOVED) continue
      const size = this.#sizes[node] ?? 0
      this.present -= size
      if (state === FAILED) this.broken -= size
      this.#change(node, () => {
        this.#states[node] = REMOVED
      })
    }
  }

  fail(node: number): void {
    if (this.#states[node] !== IN_SERVICE) return
    this.broken += this.#sizes[node] ?? 0
    this.#change(node, () => {
      this.#states[node] = FAILED
    })
  }

  restore(node: number): void {
    if (this.#states[node] !== FAILED) return
    this.broken -= this.#sizes[node] ?? 0
    this.#change(node, () => {
      this.#states[node] = IN_SERVICE
    })
  }

  failAll({ first, nodes }: Stretch): void {
    for (let node = first; node < first + nodes; node++) this.fail(node)
  }

  restoreAll({ first, nodes }: Stretch): void {
    for (let node = first; node < first + nodes; node++) this.restore(node)
  }

  /** Takes accelerators into use, or out of it. */
  use(runs: readonly NodeRun[], sign: 1 | -1): void {
    for (const { first, nodes, each, slot } of runs)
      this.used +=
        slot === undefined ? sign * nodes * each : this.#shared.changeShare(`${first} ${slot}`, sign)
    if (this.#isUseByNode) this.#useByNode(runs, sign)
  }

  /** Keeps what is free of the room, now and from when more of it becomes free; or no longer. */
  want(runs: readonly NodeRun[], sign: 1 | -1): void {
    if (!this.#isUseByNode) {
      this.#isUseByNode = true
      for (const seats of this.#seats()) this.#useByNode(seats, 1)
    }
    for (const { first, nodes, each } of runs) {
      for (let node = first; node < first + nodes; node++) {
        this.#change(node, () => {
          const wanted = (this.#wanted.get(node) ?? 0) + sign * each
          if (wanted > 0) this.#wanted.set(node, wanted)
          else this.#wanted.delete(node)
        })
      }
    }
  }

  #useByNode(runs: readonly NodeRun[], sign: 1 | -1): void {
    const isKeeping = this.#wanted.size > 0
    for (const { first, nodes, each, slot } of runs) {
      const change =
        slot === undefined ? sign * each : this.#sharedByNode.changeShare(`${first} ${slot}`, sign)
      for (let node = first; node < first + nodes; node++) {
        const before = isKeeping ? this.#keptOn(node) : 0
        this.#used[node] = (this.#used[node] ?? 0) + change
        if (isKeeping) this.kept += this.#keptOn(node) - before
      }
    }
  }

  #change(node: number, apply: () => void): void {
    const before = this.#keptOn(node)
    apply()
    this.kept += this.#keptOn(node) - before
  }

  #keptOn(node: number): number {
    if (this.#states[node] !== IN_SERVICE) return 0
    return Math.min(this.#wanted.get(node) ?? 0, (this.#sizes[node] ?? 0) - (this.#used[node] ?? 0))
  }

  #reserve(): void {
    if (this.#nodes <= this.#sizes.length) return
    const length = Math.max(this.#nodes, this.#sizes.length * 2)
    const [sizes, used, states] = [new Int32Array(length), new Int32Array(length), new Uint8Array(length)]
    sizes.set(this.#sizes)
    used.set(this.#used)
    states.set(this.#states)
    this.#sizes = sizes
    this.#used = used
    this.#states = states
  }
}
