/** Every tenant with all that are below it: the tree as one list, in which each family stands together. */
export class Families {
  readonly #inOrder: string[] = []
  /** Where each family begins in the list, and where it is over. */
  readonly #ranges = new Map<string, { start: number; until: number }>()

  /** `below` names the children of each tenant, and of what is above them all. */
  constructor(below: ReadonlyMap<string | undefined, readonly string[]>, root: undefined) {
    // A list of what is still to do, since a tree may be deeper than calls may nest.
    const open: { id: string; isOver: boolean }[] = []
    const add = (above: string | undefined): void => {
      for (const id of [...(below.get(above) ?? [])].reverse()) open.push({ id, isOver: false })
    }
    add(root)
    for (let next = open.pop(); next; next = open.pop()) {
      const { id, isOver } = next
      const range = this.#ranges.get(id)
      if (isOver && range) range.until = this.#inOrder.length
      if (isOver) continue
      this.#ranges.set(id, { start: this.#inOrder.length, until: this.#inOrder.length })
      this.#inOrder.push(id)
      open.push({ id, isOver: true })
      add(id)
    }
  }

  /** The tenant first; alone where the tree does not know it. */
  of(id: string): readonly string[] {
    const range = this.#ranges.get(id)
    return range ? this.#inOrder.slice(range.start, range.until) : [id]
  }
}
