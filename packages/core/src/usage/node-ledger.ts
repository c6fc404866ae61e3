import type { NodeGroup } from '../capacity/topology.ts'

const IN_SERVICE = 0
const FAILED = 1
const REMOVED = 2

/** The nodes of one pool, numbered as they arrive: how many accelerators are there, and how many of them have failed. */
export class NodeLedger {
  #sizes = new Int32Array(64)
  #states = new Uint8Array(64)
  #nodes = 0
  /** Accelerators of all nodes that have not been removed, failed ones included. */
  present = 0
  broken = 0

  add(groups: readonly NodeGroup[]): void {
    for (const { domains, nodesPerDomain, acceleratorsPerNode } of groups) {
      const first = this.#nodes
      this.#nodes += domains * nodesPerDomain
      this.#reserve()
      this.#sizes.fill(acceleratorsPerNode, first, this.#nodes)
      this.present += domains * nodesPerDomain * acceleratorsPerNode
    }
  }

  remove(first: number, nodes: number): void {
    for (let node = first; node < first + nodes; node++) {
      const state = this.#states[node]
      if (state === REMOVED) continue
      const size = this.#sizes[node] ?? 0
      this.present -= size
      if (state === FAILED) this.broken -= size
      this.#states[node] = REMOVED
    }
  }

  fail(node: number): void {
    if (this.#states[node] !== IN_SERVICE) return
    this.#states[node] = FAILED
    this.broken += this.#sizes[node] ?? 0
  }

  restore(node: number): void {
    if (this.#states[node] !== FAILED) return
    this.#states[node] = IN_SERVICE
    this.broken -= this.#sizes[node] ?? 0
  }

  #reserve(): void {
    if (this.#nodes <= this.#sizes.length) return
    const length = Math.max(this.#nodes, this.#sizes.length * 2)
    const sizes = new Int32Array(length)
    const states = new Uint8Array(length)
    sizes.set(this.#sizes)
    states.set(this.#states)
    this.#sizes = sizes
    this.#states = states
  }
}
