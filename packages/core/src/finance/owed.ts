import type { Instant } from '../base/instant.ts'
import { type Money, split } from '../base/money.ts'
import type { Span } from '../base/span.ts'

/** A sum that is owed for a stretch of time whatever happens; one that is due at a moment has an empty stretch. */
export interface Owed extends Span {
  readonly agreementId: string
  readonly provider: string
  /** For the committed sum, for a line that is owed by itself, or to be paid ahead of both. */
  readonly for: 'commitment' | 'line' | 'prepayment'
  readonly amount: Money
  /** Whether the sum itself rests on an assumed figure. */
  readonly amountAssumed: boolean
  /** Whether its dates do. */
  readonly timingAssumed: boolean
}

/** The same sums in pieces that no moment cuts, each with its part by time; not a micro-unit is lost. */
export function cutAt(owed: readonly Owed[], moments: readonly Instant[]): Owed[] {
  return owed.flatMap((piece) => {
    const inside = moments.filter((moment) => piece.start < moment && moment < piece.until)
    if (inside.length === 0) return [piece]
    const edges = [...new Set([piece.start, ...inside, piece.until])].sort((a, b) => a - b)
    return spread(
      piece,
      edges.slice(1).map((until, i) => ({ start: edges[i] ?? piece.start, until })),
    )
  })
}

/** One sum over several stretches of time, in proportion to their length. */
export function spread(owed: Owed, spans: readonly Span[]): Owed[] {
  const amounts = split(
    owed.amount,
    spans.map(({ start, until }) => BigInt(until - start)),
  )
  return spans.map((span, i) => ({ ...owed, ...span, amount: amounts[i] ?? owed.amount }))
}

/** What of it falls on or after the moment; a sum in mid-course counts with the part of its time that is left. */
export function owedFrom(owed: readonly Owed[], asOf: Instant): Owed[] {
  return cutAt(owed, [asOf]).filter(({ start }) => start >= asOf)
}
