/** The last so many numbers that were seen, in order of size. */
export class Seen {
  readonly #most: number
  readonly #byTime: number[] = []
  readonly #bySize: number[] = []
  #oldest = 0

  constructor(most: number) {
    this.#most = most
  }

  get count(): number {
    return this.#bySize.length
  }

  add(value: number): void {
    if (this.#byTime.length < this.#most) this.#byTime.push(value)
    else {
      const gone = this.#byTime[this.#oldest] as number
      this.#bySize.splice(this.#placeOf(gone), 1)
      this.#byTime[this.#oldest] = value
      this.#oldest = (this.#oldest + 1) % this.#most
    }
    this.#bySize.splice(this.#placeOf(value), 0, value)
  }

  /** The number below which that share of them lies; there must be one. */
  quantile(share: number): number {
    const rank = Math.ceil(share * (this.count + 1)) - 1
    return this.#bySize[Math.min(this.count - 1, Math.max(0, rank))] as number
  }

  /** The middle one of those that are larger; nothing where none is. */
  medianAbove(value: number): number | undefined {
    const first = this.#placeOf(value + 1)
    return this.#bySize[first + ((this.count - first) >> 1)]
  }

  #placeOf(value: number): number {
    let low = 0
    let high = this.#bySize.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#bySize[middle] as number) < value) low = middle + 1
      else high = middle
    }
    return low
  }
}
