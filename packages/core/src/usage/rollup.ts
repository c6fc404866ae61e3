import { getOrAdd } from '../base/get-or-add.ts'
import { addMonths, type Instant, monthStart } from '../base/instant.ts'
import type { AcceleratorMs } from '../base/quantity.ts'
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

/** Adds spans up by calendar month, tenant and pool; a span that crosses a month's end is split there exactly. */
export class Rollup {
  readonly #months = new Map<Instant, Map<string, Map<string, Sums>>>()
  #month = 0 as Instant
  #monthUntil = 0 as Instant

  add(span: UsageSpan): void {
    const { tenant, poolId, accelerators, borrowed } = span
    const keptUntil = span.until - span.lostMs
    for (let start = span.start; start < span.until; ) {
      this.#moveTo(start)
      const until = Math.min(span.until, this.#monthUntil) as Instant
      const sums = this.#sums(tenant, poolId)
      sums.used.add(accelerators, until - start)
      if (borrowed > 0) sums.borrowed.add(borrowed, until - start)
      if (until > keptUntil) sums.lost.add(accelerators, until - Math.max(start, keptUntil))
      start = until
    }
  }

  /** In order of month, tenant and pool. */
  rows(): UsageRow[] {
    const rows: UsageRow[] = []
    for (const [month, tenants] of [...this.#months].sort(([a], [b]) => a - b)) {
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

  /** Most spans lie in the month of the one before, so the month's borders are kept. */
  #moveTo(at: Instant): void {
    if (this.#month <= at && at < this.#monthUntil) return
    this.#month = monthStart(at)
    this.#monthUntil = addMonths(this.#month, 1)
  }

  #sums(tenant: string, poolId: string): Sums {
    const tenants = getOrAdd(this.#months, this.#month, () => new Map<string, Map<string, Sums>>())
    const pools = getOrAdd(tenants, tenant, () => new Map<string, Sums>())
    return getOrAdd(pools, poolId, () => ({
      used: new TimeSum(),
      borrowed: new TimeSum(),
      lost: new TimeSum(),
    }))
  }
}

function sortedByName<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1))
}
