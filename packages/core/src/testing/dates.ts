import { assert } from '../base/assert.ts'
import { type Instant, parseInstant } from '../base/instant.ts'
import type { Span } from '../base/span.ts'

/** The moment that a text such as `2025-01-31` or `2025-01-31T06:00Z` names. */
export function at(text: string): Instant {
  const moment = parseInstant(text)
  assert(moment !== undefined, `${text} is a date`)
  return moment
}

export function spanOf(start: string, until: string): Span {
  return { start: at(start), until: at(until) }
}
