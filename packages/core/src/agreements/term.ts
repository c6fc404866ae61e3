import { addMonths, type Instant } from '../base/instant.ts'
import type { Span } from '../base/span.ts'
import type { Agreement, Interval } from './agreement.ts'

/** The term as it was signed. */
export function statedTerm(agreement: Agreement): Span {
  return { start: agreement.term.start.value, until: agreement.term.until.value }
}

/** The term as it now stands: longer by the extensions exercised, ended by a termination exercised. */
export function currentTerm(agreement: Agreement): Span {
  const { start, until } = statedTerm(agreement)
  let months = 0
  let ended = Number.POSITIVE_INFINITY
  for (const option of agreement.options) {
    if (option.exercised === undefined) continue
    if (option.kind === 'extend') months += option.months ?? 0
    if (option.kind === 'terminate') ended = Math.min(ended, option.exercised)
  }
  const extended = months > 0 ? addMonths(until, months) : until
  return { start, until: Math.max(start, Math.min(extended, ended)) as Instant }
}

/** Whether the buyer has ended it before its time, so that nothing falls due afterwards. */
export function isTerminated({ options }: Agreement): boolean {
  return options.some(({ kind, exercised }) => kind === 'terminate' && exercised !== undefined)
}

/** Nothing for the full term, which has no fixed length. */
export function monthsOfInterval(interval: Interval): number | undefined {
  switch (interval) {
    case 'month':
      return 1
    case 'quarter':
      return 3
    case 'year':
      return 12
    case 'fullTerm':
      return undefined
  }
}

/**
 * The interval that holds a moment, at its full length even where the term ends within it.
 * Intervals count from the term's start, also backwards from it; the full term is one interval.
 */
export function intervalAt(term: Span, interval: Interval, at: Instant): Span {
  const months = monthsOfInterval(interval)
  if (months === undefined) return term
  let n = Math.floor(monthsBetween(term.start, at) / months)
  // Months say no more than that: before the start's own day (or the last of a month without it) the interval is the one before.
  if (addMonths(term.start, n * months) > at) n--
  return { start: addMonths(term.start, n * months), until: addMonths(term.start, (n + 1) * months) }
}

/** The moments strictly within the span at which an interval counted from the term's start begins. */
export function intervalStartsWithin(term: Span, interval: Interval, span: Span): Instant[] {
  const months = monthsOfInterval(interval)
  if (months === undefined) return []
  const starts: Instant[] = []
  let { until } = intervalAt(term, interval, span.start)
  while (until < span.until) {
    starts.push(until)
    until = intervalAt(term, interval, until).until
  }
  return starts
}

function monthsBetween(a: Instant, b: Instant): number {
  const from = new Date(a)
  const to = new Date(b)
  return (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth()
}
