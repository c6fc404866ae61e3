import { assert } from '../base/assert.ts'

/** Why each node takes no gangs, as far as it does not, and what gangs still hold on those that are out so. */
export class NodeStates {
  /** The reasons, as bits; none where the node takes gangs. */
  #states = new Uint8Array(16)
  readonly #held = new Map<number, number>()

  /** Makes room for so many nodes; new ones take gangs. */
  open(nodes: number): void {
    if (nodes <= this.#states.length) return
    const larger = new Uint8Array(Math.max(nodes, this.#states.length * 2))
    larger.set(this.#states)
    this.#states = larger
  }

  isOnline(node: number): boolean {
    return this.#states[node] === 0
  }

  reasonsOf(node: number): number {
    return this.#states[node] as number
  }

  set(node: number, reason: number, isOut: boolean): void {
    const before = this.reasonsOf(node)
    this.#states[node] = isOut ? before | reason : before & ~reason
  }

  /** What is held on a node that is out. */
  heldOn(node: number): number {
    return this.#held.get(node) ?? 0
  }

  setHeld(node: number, held: number): void {
    if (held > 0) this.#held.set(node, held)
    else this.#held.delete(node)
  }

  /** Holds so many more on each node that is out, from `from` to `until`. Returns how many those are. */
  hold(from: number, until: number, each: number, capacity: number): number {
    let found = 0
    for (let node = from; node < until; node++) {
      if (this.isOnline(node)) continue
      const held = this.heldOn(node) + each
      assert(
        held >= 0 && held <= capacity,
        'a node that is out holds no less than nothing and no more than it has',
      )
      this.setHeld(node, held)
      found += 1
    }
    return found
  }
}
