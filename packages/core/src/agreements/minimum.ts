import { add, largerOf, type Money, nothing, scale, subtract } from '../base/money.ts'
import { durationMs, intersection, type Span } from '../base/span.ts'
import type { Agreement } from './agreement.ts'
import { type CommitmentInterval, commitmentIntervals } from './commitment-interval.ts'
import { currentTerm } from './term.ts'

/** One interval of a commitment with what was bought in it: what is missing to what is owed, and what is over. */
export interface SettledInterval extends CommitmentInterval {
  /** Bought beyond the commitments of earlier intervals, where that counts. */
  readonly carriedIn: Money
  readonly consumed: Money
  /** What must be paid on top at the interval's end: the true-up. Never negative. */
  readonly missing: Money
  readonly carriedOut: Money
}

/**
 * Settles a commitment interval by interval, in order. `consumedWithin` says what was bought under the agreement in each.
 * Missing is what is owed less what was bought and carried in. Where the terms carry forward, what was bought and carried in
 * beyond the whole commitment of the interval (not only its owed part) counts towards the next one; else it is lost.
 */
export function settleCommitment(
  agreement: Agreement,
  consumedWithin: (interval: Span) => Money,
): SettledInterval[] {
  const carries = agreement.commitment?.carryForward === true
  let carriedIn = nothing(agreement.currency)
  return standingIntervals(agreement).map((interval) => {
    const zero = nothing(agreement.currency)
    const consumed = consumedWithin(interval)
    const met = add(carriedIn, consumed)
    const missing = largerOf(zero, subtract(interval.owed, met))
    const carriedOut = carries ? largerOf(zero, subtract(met, interval.committed)) : zero
    const settled = { ...interval, carriedIn, consumed, missing, carriedOut }
    carriedIn = carriedOut
    return settled
  })
}

/**
 * The commitment's intervals as the term now stands: those after an early end are gone, and the one that holds it keeps the
 * part of its sum that lies before the end, by time. An extension adds no commitment.
 */
export function standingIntervals(agreement: Agreement): CommitmentInterval[] {
  const term = currentTerm(agreement)
  return commitmentIntervals(agreement).flatMap((interval): CommitmentInterval[] => {
    const part = intersection(interval, term)
    if (!part) return []
    const [ms, wholeMs] = [BigInt(durationMs(part)), BigInt(durationMs(interval))]
    return [
      { ...part, committed: scale(interval.committed, ms, wholeMs), owed: scale(interval.owed, ms, wholeMs) },
    ]
  })
}
