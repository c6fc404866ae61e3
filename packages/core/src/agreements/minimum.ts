import { addMonths } from '../base/instant.ts'
import type { Money } from '../base/money.ts'
import { split } from '../base/money.ts'
import { shareOf } from '../base/quantity.ts'
import { durationMs, intervalsOf, type Span } from '../base/span.ts'
import type { Agreement, Interval } from './agreement.ts'

/** What a commitment asks for within one of its intervals. */
export interface CommittedInterval {
  readonly span: Span
  /** The interval's part of the total, by the ramp. */
  readonly committed: Money
  /** What must be paid in any case: the take-or-pay share of `committed`. */
  readonly owed: Money
}

/**
 * The commitment's intervals over the whole term, in order; none where the agreement commits to no sum.
 * The parts add up to the total exactly. Without a ramp every whole interval gets the same part, and one that the
 * term's end cuts short gets less in proportion to its length.
 */
export function committedIntervals(agreement: Agreement): CommittedInterval[] {
  const { commitment } = agreement
  if (!commitment) return []
  const spans = intervalSpans(termOf(agreement), commitment.interval)
  const parts = split(
    commitment.total.value,
    commitment.ramp
      ? rampWeights(spans.length, commitment.ramp.value)
      : evenWeights(spans, commitment.interval),
  )
  return spans.map((span, n) => {
    const committed = parts[n] as Money
    return { span, committed, owed: shareOf(committed, commitment.takeOrPay.value) }
  })
}

export function termOf(agreement: Agreement): Span {
  return { start: agreement.term.start.value, until: agreement.term.until.value }
}

/** The intervals of a span, counted from its own start; the last one is cut at the span's end. */
export function intervalSpans(span: Span, interval: Interval): Span[] {
  const months = MONTHS[interval]
  return months === undefined ? [span] : intervalsOf(span, months)
}

const MONTHS: Readonly<Record<Interval, number | undefined>> = {
  month: 1,
  quarter: 3,
  year: 12,
  fullTerm: undefined,
}

function rampWeights(intervals: number, ramp: readonly number[]): bigint[] {
  return Array.from({ length: intervals }, (_, n) => BigInt(ramp[n] ?? 0))
}

function evenWeights(spans: readonly Span[], interval: Interval): bigint[] {
  const months = MONTHS[interval]
  const first = spans[0]
  const last = spans.at(-1)
  if (months === undefined || !first || !last) return spans.map(() => 1n)
  const wholeMs = addMonths(first.start, months * spans.length) - last.start
  return spans.map((span) => BigInt(span === last ? durationMs(span) : wholeMs))
}
