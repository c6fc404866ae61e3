import type { Instant } from '../base/instant.ts'
import type { Span } from '../base/span.ts'
import type { Agreement } from './agreement.ts'
import { deliveryOf, NO_SLIPS, type Slips } from './resolve.ts'
import { currentTerm } from './term.ts'

/**
 * When unused capacity may be sold on: from the first delivery, as far as is known (from the start of the term where nothing is
 * delivered by tranches), until the term ends; nothing where that is not allowed, or nothing comes before the end.
 */
export function resaleSpan(agreement: Agreement, slips: Slips = NO_SLIPS): Span | undefined {
  if (!agreement.resale?.allowed) return undefined
  const term = currentTerm(agreement)
  const deliveries = agreement.lines.flatMap((line) =>
    line.tranches.map((tranche) => deliveryOf(agreement, line, tranche, slips).start),
  )
  const first = deliveries.length > 0 ? Math.min(...deliveries) : term.start
  const start = Math.max(first, term.start) as Instant
  return start < term.until ? { start, until: term.until } : undefined
}
