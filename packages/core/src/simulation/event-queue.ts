import type { Instant } from '../base/instant.ts'

/** What happens later, by time; what was put in first comes out first among equals. A binary heap. */
export class EventQueue<Item> {
  #times: Float64Array = new Float64Array(256)
  #orders: Float64Array = new Float64Array(256)
  readonly #items: Item[] = []
  #put = 0

  get size(): number {
    return this.#items.length
  }

  /** When the next item is due; infinite where there is none. */
  nextAt(): number {
    return this.#items.length > 0 ? (this.#times[0] as number) : Number.POSITIVE_INFINITY
  }

  put(at: Instant, item: Item): void {
    const last = this.#items.length
    if (last === this.#times.length) this.#grow()
    this.#items.push(item)
    this.#set(last, at, this.#put++, item)
    this.#rise(last)
  }

  /** Takes out the next item; there must be one. */
  take(): Item {
    const first = this.#items[0] as Item
    const last = this.#items.length - 1
    this.#set(0, this.#times[last] as number, this.#orders[last] as number, this.#items[last] as Item)
    this.#items.pop()
    this.#sink(0)
    return first
  }

  #rise(from: number): void {
    let at = from
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.#isBefore(at, parent)) return
      this.#swap(at, parent)
      at = parent
    }
  }

  #sink(from: number): void {
    const size = this.#items.length
    for (let at = from; ; ) {
      let child = 2 * at + 1
      if (child >= size) return
      if (child + 1 < size && this.#isBefore(child + 1, child)) child += 1
      if (!this.#isBefore(child, at)) return
      this.#swap(at, child)
      at = child
    }
  }

  #isBefore(a: number, b: number): boolean {
    const difference = (this.#times[a] as number) - (this.#times[b] as number)
    return difference < 0 || (difference === 0 && (this.#orders[a] as number) < (this.#orders[b] as number))
  }

  #swap(a: number, b: number): void {
    const time = this.#times[a] as number
    const order = this.#orders[a] as number
    const item = this.#items[a] as Item
    this.#set(a, this.#times[b] as number, this.#orders[b] as number, this.#items[b] as Item)
    this.#set(b, time, order, item)
  }

  #set(at: number, time: number, order: number, item: Item): void {
    this.#times[at] = time
    this.#orders[at] = order
    this.#items[at] = item
  }

  #grow(): void {
    const times = new Float64Array(this.#times.length * 2)
    const orders = new Float64Array(times.length)
    times.set(this.#times)
    orders.set(this.#orders)
    this.#times = times
    this.#orders = orders
  }
}
