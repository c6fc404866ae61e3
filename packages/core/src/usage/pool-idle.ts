import type { NodeRun } from '../allocation/events.ts'
import { assert } from '../base/assert.ts'
import { addMonths, type Instant, monthStart } from '../base/instant.ts'
import type { AcceleratorMs } from '../base/quantity.ts'
import type { Span } from '../base/span.ts'
import type { StepFunction } from '../base/step-function.ts'
import { NodeLedger } from './node-ledger.ts'
import { TimeSum } from './time-sum.ts'
import { WaitingSizes } from './waiting-sizes.ts'

/**
 * Why an accelerator stood idle.
 * noDemand: nobody who could use it waited · tooFew: whoever waited needs more than were free · fragmented: someone waited
 * who would have fitted by count, and was kept out by where the free ones lie or by a rule · draining: kept for a gang for
 * which the rest of its room was being cleared · broken: its node had failed · late: promised, but not delivered.
 */
export type IdleCause = 'noDemand' | 'tooFew' | 'fragmented' | 'draining' | 'broken' | 'late'

export const IDLE_CAUSES: readonly IdleCause[] = [
  'noDemand',
  'tooFew',
  'fragmented',
  'draining',
  'broken',
  'late',
]

/** Where a pool's accelerator time went in one calendar month: `used` and `idle` add up to `promised` and `beyondPromise`. */
export interface IdleRow {
  /** The month's first moment. */
  readonly month: Instant
  readonly poolId: string
  readonly promised: AcceleratorMs
  /** Delivered, although not promised for that moment: early, or never promised at all. */
  readonly beyondPromise: AcceleratorMs
  readonly used: AcceleratorMs
  readonly idle: Readonly<Record<IdleCause, AcceleratorMs>>
}

type Sums = Readonly<Record<IdleCause | 'promised' | 'beyondPromise' | 'used', TimeSum>>

/** One pool's levels as time goes on, and what they add up to by month. */
export class PoolIdle {
  readonly poolId: string
  readonly nodes: NodeLedger
  /** Shared by all pools of the same hardware. */
  waiting = new WaitingSizes()
  readonly #promised: StepFunction
  readonly #until: Instant
  readonly #months: { readonly month: Instant; readonly sums: Sums }[] = []
  #now: Instant
  #monthUntil: Instant
  #sums: Sums = noTime()
  #nextPromise = 0
  #promisedNow = 0

  constructor(
    poolId: string,
    promised: StepFunction,
    window: Span,
    seats: () => Iterable<readonly NodeRun[]>,
  ) {
    this.poolId = poolId
    this.nodes = new NodeLedger(seats)
    this.#promised = promised
    this.#now = window.start
    this.#monthUntil = window.start
    this.#until = window.until
  }

  /** Counts the time up to `at` at the levels as they are; called before a level changes. */
  advance(at: Instant): void {
    const until = Math.min(at, this.#until) as Instant
    while (this.#now < until) {
      if (this.#now === this.#monthUntil || this.#months.length === 0) this.#turnMonth()
      this.#followPromise()
      const nextPromise = this.#promised.times[this.#nextPromise] ?? until
      const next = Math.min(until, this.#monthUntil, nextPromise) as Instant
      this.#count(next - this.#now)
      this.#now = next
    }
  }

  rows(): IdleRow[] {
    return this.#months.map(({ month, sums }) => ({
      month,
      poolId: this.poolId,
      promised: sums.promised.total,
      beyondPromise: sums.beyondPromise.total,
      used: sums.used.total,
      idle: {
        noDemand: sums.noDemand.total,
        tooFew: sums.tooFew.total,
        fragmented: sums.fragmented.total,
        draining: sums.draining.total,
        broken: sums.broken.total,
        late: sums.late.total,
      },
    }))
  }

  #count(ms: number): void {
    const { present, broken, used, kept: draining } = this.nodes
    const sums = this.#sums
    const free = present - broken - used
    assert(free >= draining, 'what is used or kept is present and works')
    const fragmented = this.waiting.fitting(free - draining)
    const rest = free - draining - fragmented
    const tooFew = Math.min(rest, this.waiting.total - fragmented)
    sums.promised.add(this.#promisedNow, ms)
    sums.beyondPromise.add(Math.max(0, present - this.#promisedNow), ms)
    sums.late.add(Math.max(0, this.#promisedNow - present), ms)
    sums.used.add(used, ms)
    sums.broken.add(broken, ms)
    sums.draining.add(draining, ms)
    sums.fragmented.add(fragmented, ms)
    sums.tooFew.add(tooFew, ms)
    sums.noDemand.add(rest - tooFew, ms)
  }

  #turnMonth(): void {
    const month = monthStart(this.#now)
    this.#monthUntil = addMonths(month, 1)
    this.#sums = noTime()
    this.#months.push({ month, sums: this.#sums })
  }

  #followPromise(): void {
    const { times, values } = this.#promised
    for (; (times[this.#nextPromise] ?? Number.POSITIVE_INFINITY) <= this.#now; this.#nextPromise++)
      this.#promisedNow = values[this.#nextPromise] ?? 0
  }
}

function noTime(): Sums {
  return {
    promised: new TimeSum(),
    beyondPromise: new TimeSum(),
    used: new TimeSum(),
    noDemand: new TimeSum(),
    tooFew: new TimeSum(),
    fragmented: new TimeSum(),
    draining: new TimeSum(),
    broken: new TimeSum(),
    late: new TimeSum(),
  }
}
