import type { Instant } from '../../base/instant.ts'
import { PER_MICRO } from './money-unit.ts'
import type { Take, TakeInterval } from './terms.ts'

/**
 * What of a take has been used in its interval, as a running total. Sums are exact: whole micro-units × milliseconds per
 * hour, so that a price per hour times a number of milliseconds needs no rounding.
 */
export class TakeMeter {
  readonly take: Take
  /** The interval that runs, or the one that comes next; behind the last one where all are over. */
  #at = 0
  /** Used in the interval that runs. */
  drawn = 0n
  /** Used beyond what was committed before, where that counts. */
  carriedIn = 0n
  /** What the use of the moment draws, in micro-units per hour. */
  microsPerHour = 0

  constructor(take: Take, at: Instant) {
    this.take = take
    this.turn(at)
  }

  get interval(): TakeInterval | undefined {
    return this.take.intervals[this.#at]
  }

  /** What may still be used in the interval before use costs more; nothing outside of the intervals. */
  left(at: Instant): bigint {
    const { interval } = this
    if (!interval || at < interval.start) return 0n
    const left = BigInt(interval.owedMicros) * PER_MICRO - this.carriedIn - this.drawn
    return left > 0n ? left : 0n
  }

  /** Counts a stretch in which nothing changes: all of it lies within the interval, or none. */
  count(from: Instant, ms: number): void {
    const { interval } = this
    if (this.microsPerHour === 0 || !interval || from < interval.start) return
    this.drawn += BigInt(this.microsPerHour) * BigInt(ms)
  }

  /** When the use of the moment will have used it up; infinite where it will not. */
  usedUpAt(at: Instant): number {
    const left = this.left(at)
    if (left === 0n || this.microsPerHour === 0) return Number.POSITIVE_INFINITY
    const rate = BigInt(this.microsPerHour)
    return at + Number((left + rate - 1n) / rate)
  }

  /** Goes on to the interval that holds the moment, or comes next. */
  turn(at: Instant): void {
    for (let { interval } = this; interval && interval.until <= at; interval = this.interval) {
      const over = this.carriedIn + this.drawn - BigInt(interval.committedMicros) * PER_MICRO
      this.carriedIn = this.take.carries && over > 0n ? over : 0n
      this.drawn = 0n
      this.#at += 1
    }
  }
}
