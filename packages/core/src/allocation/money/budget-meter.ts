import { DAY_MS, type Instant } from '../../base/instant.ts'
import type { GangState } from '../gang-state.ts'
import { PER_MICRO } from './money-unit.ts'
import type { Budget, BudgetInterval } from './terms.ts'

/** What of a budget was spent in its interval, as a running total in whole micro-units × milliseconds per hour. */
export class BudgetMeter {
  readonly budget: Budget
  /** Those that run and draw on it. */
  readonly running = new Set<GangState>()
  #at = 0
  spent = 0n
  /** What was spent in intervals that are over, by their starts. */
  readonly past = new Map<Instant, bigint>()
  /** What is being spent at the moment, in micro-units per hour. */
  microsPerHour = 0
  /** What those that run were last expected to cost, and when that was: derived, never stored. */
  expected: { readonly at: Instant; readonly version: number; readonly sum: bigint } | undefined

  constructor(budget: Budget, at: Instant) {
    this.budget = budget
    this.turn(at)
  }

  /** The interval that runs, or the one that comes next. */
  get interval(): BudgetInterval | undefined {
    return this.budget.intervals[this.#at]
  }

  runsAt(at: Instant): BudgetInterval | undefined {
    const { interval } = this
    return interval && interval.start <= at ? interval : undefined
  }

  /** What was spent in the interval that begins at a moment. */
  readonly spentFrom = (start: Instant): bigint =>
    this.interval?.start === start ? this.spent : (this.past.get(start) ?? 0n)

  count(from: Instant, ms: number): void {
    if (this.microsPerHour > 0 && this.runsAt(from)) this.spent += BigInt(this.microsPerHour) * BigInt(ms)
  }

  /** A sum that is due at once. */
  pay(at: Instant, micros: bigint): void {
    if (this.runsAt(at)) this.spent += micros * PER_MICRO
  }

  turn(at: Instant): void {
    for (let { interval } = this; interval && interval.until <= at; interval = this.interval) {
      this.past.set(interval.start, this.spent)
      this.spent = 0n
      this.#at += 1
    }
  }

  /** Goes on from what was spent in an interval before. */
  goOn(start: Instant, spent: bigint): void {
    if (this.interval?.start === start) this.spent = spent
    else if (this.budget.intervals.some((interval) => interval.start === start)) this.past.set(start, spent)
  }

  /** What will have been spent by a moment up to which nothing changes, from one up to which all was counted. */
  spentBy(at: Instant, counted: Instant): bigint {
    if (!this.runsAt(counted)) return 0n
    return this.spent + BigInt(this.microsPerHour) * BigInt(at - counted)
  }

  /**
   * From when on a brake lets go, if all goes on as it does: when no larger part of the budget is spent than of its interval has
   * passed. A moment in the past where it does not brake; infinite where it does so until the interval ends.
   */
  letsGoAt(counted: Instant): number {
    const interval = this.runsAt(counted)
    if (!interval || this.budget.kind !== 'brake') return Number.NEGATIVE_INFINITY
    const length = BigInt(interval.until - interval.start)
    const amount = BigInt(interval.micros) * PER_MICRO
    const rate = BigInt(this.microsPerHour)
    const late = this.spent * length - amount * BigInt(counted - interval.start)
    if (late <= 0n) return Number.NEGATIVE_INFINITY
    const gained = amount - rate * length
    return gained <= 0n ? Number.POSITIVE_INFINITY : counted + Number((late + gained - 1n) / gained)
  }
}

/** When a gang that runs is expected to end; one without a limit a day after its start. */
export function expectedEndOf({ gang, expectedEnd, placedAt }: GangState): number {
  return gang.limitMs === undefined ? placedAt + DAY_MS : expectedEnd
}
