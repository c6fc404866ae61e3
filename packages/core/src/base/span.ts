import { addMonths, type Instant, monthStart } from './instant.ts'

/** A half-open stretch of time: `start` belongs to it, `until` does not. */
export interface Span {
  readonly start: Instant
  readonly until: Instant
}

export function durationMs(span: Span): number {
  return Math.max(0, span.until - span.start)
}

export function includes(span: Span, at: Instant): boolean {
  return span.start <= at && at < span.until
}

export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.until && b.start < a.until
}

/** The part that both have, or nothing where they do not meet. */
export function intersection(a: Span, b: Span): Span | undefined {
  const start = Math.max(a.start, b.start) as Instant
  const until = Math.min(a.until, b.until) as Instant
  return start < until ? { start, until } : undefined
}

/** The calendar months (UTC) that the span touches, clipped to the span; in order of time. */
export function monthsOf(span: Span): Span[] {
  const months: Span[] = []
  for (let start = span.start; start < span.until; ) {
    const next = addMonths(monthStart(start), 1)
    months.push({ start, until: Math.min(next, span.until) as Instant })
    start = next
  }
  return months
}

/**
 * Consecutive intervals of `months` calendar months counted from the span's own start (an anniversary, not the calendar);
 * the last one is cut at the span's end.
 */
export function intervalsOf(span: Span, months: number): Span[] {
  const intervals: Span[] = []
  for (let n = 0; ; n++) {
    const start = addMonths(span.start, n * months)
    if (start >= span.until) return intervals
    intervals.push({ start, until: Math.min(addMonths(span.start, (n + 1) * months), span.until) as Instant })
  }
}

/** The span in consecutive pieces that none of the moments cuts; moments in any order, those outside do nothing. */
export function cutSpan(span: Span, moments: Iterable<Instant>): Span[] {
  const inside = [...new Set(moments)].filter((at) => span.start < at && at < span.until)
  const edges = [span.start, ...inside.sort((a, b) => a - b), span.until]
  return edges.flatMap((start, n) => {
    const until = edges[n + 1]
    return until !== undefined && start < until ? [{ start, until }] : []
  })
}
