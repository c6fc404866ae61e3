import { DAY_MS, HOUR_MS, type Instant } from '@offtake/core/base/instant'
import { durationMs, type Span } from '@offtake/core/base/span'
import { piecesWithin, type StepFunction } from '@offtake/core/base/step-function'

const STEPS_MS = [1, 2, 3, 4, 6, 12, 24, 7 * 24, 28 * 24, 91 * 24].map((hours) => hours * HOUR_MS)

/** A span in equal steps of a familiar length, at most so many (the last one is what is left of it). */
export function stepsOf(span: Span, atMost: number): Span[] {
  const stepMs =
    STEPS_MS.find((ms) => durationMs(span) / ms <= atMost) ?? Math.ceil(durationMs(span) / atMost)
  const steps: Span[] = []
  for (let start = span.start; start < span.until; ) {
    const until = Math.min(start + stepMs, span.until) as Instant
    steps.push({ start, until })
    start = until
  }
  return steps
}

/** `by day`, for steps of a day. */
export function stepText(steps: readonly Span[]): string {
  const hours = Math.round((steps[0] ? durationMs(steps[0]) : 0) / HOUR_MS)
  if (hours === 1) return 'by the hour'
  if (hours === DAY_MS / HOUR_MS) return 'by day'
  return hours % 24 === 0 ? `over ${hours / 24} days` : `over ${hours} hours`
}

/** The average of a level over each of consecutive steps. */
export function averagesOver(level: StepFunction, steps: readonly Span[]): number[] {
  const [first, last] = [steps[0], steps.at(-1)]
  if (!first || !last) return []
  const areas = steps.map(() => 0)
  let n = 0
  for (const piece of piecesWithin(level, { start: first.start, until: last.until })) {
    for (let start = piece.start; start < piece.until; ) {
      const until = Math.min(piece.until, steps[n]?.until ?? piece.until) as Instant
      areas[n] = (areas[n] ?? 0) + piece.value * (until - start)
      start = until
      if (start === steps[n]?.until) n += 1
    }
  }
  return areas.map((area, at) => area / durationMs(steps[at] ?? first))
}
