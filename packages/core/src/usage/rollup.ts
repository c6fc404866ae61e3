import { getOrAdd } from '../base/get-or-add.ts'
import { addMonths, type Instant, monthStart } from '../base/instant.ts'
import type { AcceleratorMs } from '../base/quantity.ts'
import type { Span } from '../base/span.ts'
import { TimeSum } from './time-sum.ts'
import type { UsageSpan } from './usage-span.ts'

/** What one tenant used of one pool in one calendar month (UTC). */
export interface UsageRow {
  /** The month's first moment. */
  readonly month: Instant
  readonly tenant: string
  readonly poolId: string
  readonly used: AcceleratorMs
  /** The part of `used` beyond the tenant's own quota. */
  readonly borrowed: AcceleratorMs
  /** The part of `used` whose work evictions threw away, counted at the end of each stay. */
  readonly lost: AcceleratorMs
}

interface Sums {
  readonly used: TimeSum
  readonly borrowed: TimeSum
  readonly lost: TimeSum
}

/** One calendar month, and what each tenant used of each pool in it. */
interface Month extends Span {
  readonly tenants: Map<string, Map<string, Sums>>
}

/** Adds spans up by calendar month, tenant and pool; a span that crosses a month's end is split there exactly. */
export class Rollup {
  /** In order of time. */
  readonly #months: Month[] = []

  add(span: UsageSpan): void {
    const { tenant, poolId, accelerators, borrowed } = span
    const keptUntil = span.until - span.lostMs
    for (let start = span.start; start < span.until; ) {
      const month = this.#monthOf(start)
      const until = Math.min(span.until, month.until) as Instant
      const sums = sumsIn(month, tenant, poolId)
      sums.used.add(accelerators, until - start)
      if (borrowed > 0) sums.borrowed.add(borrowed, until - start)
      if (until > keptUntil) sums.lost.add(accelerators, until - Math.max(start, keptUntil))
      start = until
    }
  }

  /** In order of month, tenant and pool. */
  rows(): UsageRow[] {
    const rows: UsageRow[] = []
    for (const { start: month, tenants } of this.#months) {
      for (const [tenant, pools] of sortedByName(tenants)) {
        for (const [poolId, { used, borrowed, lost }] of sortedByName(pools)) {
          rows.push({
            month,
            tenant,
            poolId,
            used: used.total,
            borrowed: borrowed.total,
            lost: lost.total,
          })
        }
      }
    }
    return rows
  }

  /** What a span is about is seldom long ago, so the month is sought from the last one back. */
  #monthOf(at: Instant): Month {
    for (let n = this.#months.length - 1; n >= 0; n--) {
      const month = this.#months[n] as Month
      if (month.until <= at) break
      if (month.start <= at) return month
    }
    const start = monthStart(at)
    const opened = { start, until: addMonths(start, 1), tenants: new Map<string, Map<string, Sums>>() }
    this.#months.push(opened)
    this.#months.sort((a, b) => a.start - b.start)
    return opened
  }
}

function sumsIn({ tenants }: Month, tenant: string, poolId: string): Sums {
  const pools = getOrAdd(tenants, tenant, () => new Map<string, Sums>())
  return getOrAdd(pools, poolId, () => ({
    used: new TimeSum(),
    borrowed: new TimeSum(),
    lost: new TimeSum(),
  }))
}

function sortedByName<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1))
}
