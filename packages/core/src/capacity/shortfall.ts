import type { Instant } from '../base/instant.ts'
import type { AcceleratorMs } from '../base/quantity.ts'
import type { Span } from '../base/span.ts'
import { excess, integral, piecesWithin, type StepFunction, within } from '../base/step-function.ts'
import { type Peak, peakOf } from './timeline.ts'

/** What is asked for beyond what is there, within a span. */
export interface Shortfall {
  readonly gap: StepFunction
  /** The gap × time. */
  readonly missing: AcceleratorMs
  /** The first moment at which something is missing. */
  readonly begins?: Instant
  readonly worst?: Peak
  /** How much of the span has a gap. */
  readonly shortMs: number
}

export function shortfallOf(demand: StepFunction, available: StepFunction, span: Span): Shortfall {
  const gap = within(excess(demand, available), span)
  const short = [...piecesWithin(gap, span)].filter(({ value }) => value > 0)
  const worst = peakOf(gap, span)
  const begins = short[0]?.start
  return {
    gap,
    missing: integral(gap, span),
    shortMs: short.reduce((ms, { start, until }) => ms + (until - start), 0),
    ...(begins === undefined ? {} : { begins }),
    ...(worst ? { worst } : {}),
  }
}
