import { type Money, split } from '../base/money.ts'
import { shareOf } from '../base/quantity.ts'
import { intervalsOf, type Span } from '../base/span.ts'
import type { Agreement, Commitment } from './agreement.ts'
import { intervalAt, monthsOfInterval, statedTerm } from './term.ts'

/** One interval of a commitment: what is committed in it and the part that is owed whether used or not. */
export interface CommitmentInterval extends Span {
  readonly committed: Money
  readonly owed: Money
}

/**
 * The committed sum by interval, over the term as signed: by its ramp, else even over the intervals (a last interval that
 * the term cuts short bears its part). The sums add up to the total to the micro-unit; none where there is no commitment.
 */
export function commitmentIntervals(agreement: Agreement): CommitmentInterval[] {
  const { commitment } = agreement
  if (!commitment) return []
  const spans = spansOf(commitment, statedTerm(agreement))
  if (spans.length === 0) return []
  const weights =
    rampWeights(commitment, spans.length) ?? evenWeights(commitment, statedTerm(agreement), spans)
  const committed = split(commitment.total.value, weights)
  const owed = split(shareOf(commitment.total.value, commitment.takeOrPay.value), weights)
  return spans.flatMap((span, i) => {
    const ofInterval = committed[i]
    const owedOfInterval = owed[i]
    return ofInterval && owedOfInterval ? [{ ...span, committed: ofInterval, owed: owedOfInterval }] : []
  })
}

function spansOf({ interval }: Commitment, term: Span): Span[] {
  const months = monthsOfInterval(interval)
  if (months !== undefined) return intervalsOf(term, months)
  return term.start < term.until ? [term] : []
}

/** Shares beyond the last interval fall into it, so that no money is lost; nothing where there is no usable ramp. */
function rampWeights({ ramp }: Commitment, intervals: number): bigint[] | undefined {
  if (!ramp) return undefined
  const weights = Array.from({ length: intervals }, () => 0n)
  for (const [i, share] of ramp.value.entries()) {
    const at = Math.min(i, intervals - 1)
    weights[at] = (weights[at] ?? 0n) + BigInt(share)
  }
  return weights.some((weight) => weight > 0n) ? weights : undefined
}

const FULL_INTERVAL = 1_000_000_000n

function evenWeights({ interval }: Commitment, term: Span, spans: readonly Span[]): bigint[] {
  return spans.map((span) => {
    const full = intervalAt(term, interval, span.start)
    return (FULL_INTERVAL * BigInt(span.until - span.start)) / BigInt(full.until - full.start)
  })
}
