import { DAY_MS, type Instant, later } from '../base/instant.ts'
import type { Span } from '../base/span.ts'
import type { Agreement, Line, Tranche } from './agreement.ts'
import { deliveryOf, NO_SLIPS, type Slips } from './resolve.ts'
import { currentTerm } from './term.ts'

/** The buyer's right to end an agreement because tranches came too late. */
export interface TerminationRight {
  /** How many tranches must be late beyond their grace. */
  readonly afterLateTranches: number
  /** How many are, or will be by the end of the term as far as is known. */
  readonly lateTranches: number
  /** From when the grace of the last that it takes is over until the term ends; none while too few are late. */
  readonly span?: Span
}

/**
 * Nothing where the terms give no such right. A tranche that comes late after all still counts, and one without a new date is
 * taken to come as promised. No right begins when the term is over.
 */
export function terminationRight(
  agreement: Agreement,
  slips: Slips = NO_SLIPS,
): TerminationRight | undefined {
  const afterLateTranches = agreement.lateDelivery?.terminateAfterLateTranches
  if (afterLateTranches === undefined) return undefined
  const { until } = currentTerm(agreement)
  const missed = agreement.lines
    .flatMap((line) => line.tranches.map((tranche) => graceMissed(agreement, line, tranche, slips)))
    .filter((at) => at !== undefined && at < until)
    .sort((a, b) => Number(a) - Number(b))
  const start = missed[afterLateTranches - 1]
  return {
    afterLateTranches,
    lateTranches: missed.length,
    ...(start !== undefined && { span: { start, until } }),
  }
}

/** When the grace of a tranche that comes later than that is over; nothing where it comes in time, as far as is known. */
export function graceMissed(
  agreement: Agreement,
  line: Line,
  tranche: Tranche,
  slips: Slips,
): Instant | undefined {
  if (!agreement.lateDelivery) return undefined
  const graceEnds = later(tranche.promised.value, agreement.lateDelivery.graceDays * DAY_MS)
  return deliveryOf(agreement, line, tranche, slips).start > graceEnds ? graceEnds : undefined
}
