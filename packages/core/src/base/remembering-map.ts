/**
 * A map by id that has what was asked for last at hand: several things in a row happen to one gang, and in a large map each
 * look costs a way to memory.
 */
export class RememberingMap<Value> {
  readonly #values = new Map<string, Value>()
  #lastId: string | undefined
  #last: Value | undefined

  get(id: string): Value | undefined {
    if (id === this.#lastId) return this.#last
    this.#lastId = id
    this.#last = this.#values.get(id)
    return this.#last
  }

  set(id: string, value: Value): void {
    this.#values.set(id, value)
    this.#lastId = id
    this.#last = value
  }

  delete(id: string): void {
    this.#values.delete(id)
    if (id === this.#lastId) this.#last = undefined
  }

  /** In the order in which they came. */
  values(): IterableIterator<Value> {
    return this.#values.values()
  }

  entries(): IterableIterator<[string, Value]> {
    return this.#values.entries()
  }
}
