import { BitBuckets } from './bit-buckets.ts'

/**
 * Things by number in the order of their sizes, the smaller number first among equals: a bucket for every size, and a set
 * of the sizes that occur. A thing of size 0 lies in no bucket. Each step takes the same time, whatever the number of things.
 */
export class SizeOrder {
  readonly #buckets: BitBuckets
  readonly #sizes: BitBuckets
  readonly #largest: number

  constructor(largest: number, things: number) {
    this.#buckets = new BitBuckets(largest + 1, things)
    this.#sizes = new BitBuckets(1, largest + 1)
    this.#largest = largest
  }

  put(thing: number, size: number): void {
    if (size > 0 && this.#buckets.add(size, thing)) this.#sizes.add(0, size)
  }

  move(thing: number, before: number, after: number): void {
    if (before > 0 && this.#buckets.remove(before, thing)) this.#sizes.remove(0, before)
    if (after > 0 && this.#buckets.add(after, thing)) this.#sizes.add(0, after)
  }

  /** The smallest thing of at least that size, which is above 0, or -1. */
  atLeast(size: number): number {
    if (size > this.#largest) return -1
    const next = this.#sizes.next(0, size)
    return next < 0 ? -1 : this.#buckets.first(next)
  }

  /** The one after a thing of that size, from the smallest to the largest; -1 at the end. */
  after(thing: number, size: number): number {
    const sibling = this.#buckets.next(size, thing + 1)
    return sibling >= 0 ? sibling : this.atLeast(size + 1)
  }

  /** The largest thing, or -1. */
  largest(): number {
    return this.#atMost(this.#largest)
  }

  /** The one after a thing of that size, from the largest to the smallest; -1 at the end. */
  before(thing: number, size: number): number {
    const sibling = this.#buckets.next(size, thing + 1)
    return sibling >= 0 ? sibling : this.#atMost(size - 1)
  }

  #atMost(size: number): number {
    const next = size < 1 ? -1 : this.#sizes.previous(0, size)
    return next < 0 ? -1 : this.#buckets.first(next)
  }
}
