/** The nodes by their last change, the latest first, so that whoever saw all changes up to a moment finds those after it. */
export class ChangedNodes {
  /** Changes so far. */
  now = 0
  readonly #nodes: number
  /** When each node changed last; 0 for never. */
  readonly #changedAt: Float64Array
  /** A circle through the head, which is number `nodes`. */
  readonly #older: Int32Array
  readonly #newer: Int32Array

  constructor(nodes: number) {
    this.#nodes = nodes
    this.#changedAt = new Float64Array(nodes)
    this.#older = Int32Array.from({ length: nodes + 1 }, (_, node) => node)
    this.#newer = Int32Array.from({ length: nodes + 1 }, (_, node) => node)
    this.#older[nodes] = nodes
    this.#newer[nodes] = nodes
  }

  add(node: number): void {
    const older = this.#older
    const newer = this.#newer
    const head = this.#nodes
    older[newer[node] as number] = older[node] as number
    newer[older[node] as number] = newer[node] as number
    const second = older[head] as number
    older[head] = node
    newer[node] = head
    older[node] = second
    newer[second] = node
    this.now += 1
    this.#changedAt[node] = this.now
  }

  hasChanged(node: number): boolean {
    return this.#changedAt[node] !== 0
  }

  /** The latest changed node, or the one that changed before `node`; −1 where none changed after `since`. */
  next(since: number, node = this.#nodes): number {
    const found = this.#older[node] as number
    return found !== this.#nodes && (this.#changedAt[found] as number) > since ? found : -1
  }
}
