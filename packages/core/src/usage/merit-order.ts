import type { Rate } from '../agreements/price.ts'
import { assert } from '../base/assert.ts'
import type { Instant } from '../base/instant.ts'
import { type AcceleratorMs, acceleratorMs } from '../base/quantity.ts'
import { cutSpan, includes, type Span } from '../base/span.ts'
import { type StepFunction, valueAt } from '../base/step-function.ts'
import { compareRates, type Supply, type SupplyOrder } from './supply.ts'
import { TimeSum } from './time-sum.ts'

/** What one grant gave to its pool's use, and what of it stood idle, during a stretch in which its price stays the same. */
export interface Served extends Span {
  readonly supply: Supply
  readonly rate: Rate
  readonly used: AcceleratorMs
  readonly unused: AcceleratorMs
}

export interface ServedPool {
  readonly served: readonly Served[]
  /** Use that no grant had accelerators for. */
  readonly unserved: AcceleratorMs
}

export interface PoolUse {
  readonly used: StepFunction
  /** Accelerators that cost nothing and belong to no agreement; they serve first. */
  readonly listed: StepFunction
  readonly supplies: readonly Supply[]
  readonly span: Span
  /** Moments that no stretch may cross, such as the ends of months. */
  readonly cuts: readonly Instant[]
}

/**
 * Tells by which grants a pool's use was served. At every moment the accelerators in use are served first by what must be paid
 * for anyway, then by the cheapest further committed grant, then by spot and at last by on-demand capacity, cheapest first;
 * equal ones in the order of their ids. Exact: what a grant has is its use and its idle time together.
 */
export function serveInMeritOrder(pool: PoolUse): ServedPool {
  const { used, supplies, span, listed } = pool
  const edges = supplies.flatMap(({ grant, rates }) => [grant.span.until, ...rates.map(({ start }) => start)])
  const served: Served[] = []
  const unserved = new TimeSum()
  let from = 0
  for (const stretch of cutSpan(span, [...pool.cuts, ...listed.times, ...edges])) {
    const active = supplies.flatMap((supply) => activeIn(stretch, supply))
    const tiers = tiersOf(active, valueAt(listed, stretch.start))
    from = fill(tiers, unserved, used, { stretch, from })
    for (const { supply, rate, time } of active) {
      const whole = acceleratorMs(supply.grant.accelerators, stretch.until - stretch.start)
      const inUse = time.total
      served.push({ ...stretch, supply, rate, used: inUse, unused: (whole - inUse) as AcceleratorMs })
    }
  }
  return { served, unserved: unserved.total }
}

interface Active {
  readonly supply: Supply
  readonly rate: Rate
  readonly time: TimeSum
}

/** So many accelerators with one place in the order. */
interface Tier {
  readonly width: number
  readonly time: TimeSum
}

function activeIn(stretch: Span, supply: Supply): Active[] {
  if (!includes(supply.grant.span, stretch.start)) return []
  const piece = supply.rates.find((rate) => includes(rate, stretch.start))
  assert(piece, 'a grant has a price during all of its span')
  return [{ supply, rate: piece.rate, time: new TimeSum() }]
}

const ORDER: readonly SupplyOrder[] = ['committed', 'spot', 'onDemand']

function tiersOf(active: readonly Active[], listed: number): Tier[] {
  const sorted = [...active].sort(
    (a, b) =>
      ORDER.indexOf(a.supply.order) - ORDER.indexOf(b.supply.order) ||
      compareRates(a.rate, b.rate) ||
      (a.supply.grant.id < b.supply.grant.id ? -1 : 1),
  )
  const paid = sorted.map(({ supply, time }) => ({ width: supply.paidAnyway, time }))
  const further = sorted.map(({ supply, time }) => ({
    width: supply.grant.accelerators - supply.paidAnyway,
    time,
  }))
  return [{ width: listed, time: new TimeSum() }, ...paid, ...further].filter(({ width }) => width > 0)
}

/** Pours the use of the stretch into the tiers, the first ones first. Returns where in `used` the next stretch begins. */
function fill(
  tiers: readonly Tier[],
  unserved: TimeSum,
  used: StepFunction,
  { stretch, from }: { readonly stretch: Span; readonly from: number },
): number {
  let next = from
  for (let at: number = stretch.start; at < stretch.until; ) {
    while ((used.times[next] ?? Number.POSITIVE_INFINITY) <= at) next++
    const until = Math.min(stretch.until, used.times[next] ?? stretch.until)
    let rest = next > 0 ? (used.values[next - 1] as number) : 0
    for (const { width, time } of tiers) {
      if (rest === 0) break
      const here = Math.min(rest, width)
      time.add(here, until - at)
      rest -= here
    }
    if (rest > 0) unserved.add(rest, until - at)
    at = until
  }
  return next
}
