import type { Agreement } from '../agreements/agreement.ts'
import { standingIntervals } from '../agreements/minimum.ts'
import type { PriceBook } from '../agreements/price.ts'
import type { Slips } from '../agreements/resolve.ts'
import { currentTerm } from '../agreements/term.ts'
import type { Instant } from '../base/instant.ts'
import { cutSpan, monthsOf, type Span } from '../base/span.ts'
import type { StepFunction } from '../base/step-function.ts'
import type { PoolTimeline } from '../capacity/timeline.ts'
import type { DemandSources } from '../demand/forecast.ts'
import type { IdleRow } from '../usage/pool-idle.ts'

/** What charges are worked out from. */
export interface ChargeContext extends DemandSources {
  readonly agreements: readonly Agreement[]
  readonly slips: Slips
  readonly prices: PriceBook
  /** All pools with what they hold, listed machines included. */
  readonly capacity: readonly PoolTimeline[]
  /** The accelerators in use, by pool, as metered within the window. */
  readonly used: ReadonlyMap<string, StepFunction>
  /** Idle time within the window, for availability; none where it was not measured. */
  readonly idle: readonly IdleRow[]
  /** The stretch in which use was metered. */
  readonly window: Span
  /** The stretch that is reported: no charge for use crosses its edges. */
  readonly horizon: Span
}

/**
 * The stretches in which an agreement's lines are settled: calendar months, cut where an interval of its commitment ends.
 * So no use is lost or counted twice where a month and an interval end at different moments.
 */
export function settlementSpans(agreement: Agreement): Span[] {
  return cutSpan(currentTerm(agreement), settlementEdges(agreement))
}

function settlementEdges(agreement: Agreement): Instant[] {
  const months = monthsOf(currentTerm(agreement)).map(({ start }) => start)
  return [...months, ...standingIntervals(agreement).flatMap(({ start, until }) => [start, until])]
}

/** The moments that no invoice line of the agreement crosses. */
export function invoiceEdges(agreement: Agreement, { window, horizon }: ChargeContext): Instant[] {
  return [...settlementEdges(agreement), window.start, window.until, horizon.start, horizon.until]
}

/** The stretches of the agreement's invoice lines for use; sums that need no metering are not cut at the window. */
export function invoiceSpans(agreement: Agreement, context: ChargeContext, isMetered: boolean): Span[] {
  const { start, until } = context.horizon
  const edges = isMetered ? invoiceEdges(agreement, context) : [...settlementEdges(agreement), start, until]
  return cutSpan(currentTerm(agreement), edges)
}

/** Which of consecutive spans without gaps holds the moment. */
export function spanAt<Piece extends Span>(spans: readonly Piece[], at: Instant): Piece | undefined {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle] as Piece).until <= at) low = middle + 1
    else high = middle
  }
  const found = spans[low]
  return found && found.start <= at ? found : undefined
}

export function isWithin(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.until <= outer.until
}
