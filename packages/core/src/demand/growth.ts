import { DAY_MS, type Instant } from '../base/instant.ts'
import type { Span } from '../base/span.ts'

const YEAR_MS = 365.25 * DAY_MS

/** What is asked for, times `factor`, from a moment on until the next. */
export interface Level {
  readonly from: Instant
  readonly factor: number
}

/** What levels, in order of time, make of 1 at a moment; nothing changes before the first of them. */
export function levelAt(levels: readonly Level[] | undefined, at: Instant): number {
  return levels?.findLast(({ from }) => from <= at)?.factor ?? 1
}

/** From when on what a workload asks for grows: from its own start, or from the window's where it has no dates. */
export function growthStart({ active }: { readonly active?: Span }, window: Span): Instant {
  return active?.start ?? window.start
}

/** What compounded growth of `perYear` (1 doubles) makes of 1 between two moments; a year has 365.25 days. */
export function growthFactor(perYear: number, from: Instant, at: Instant): number {
  return perYear === 0 ? 1 : (1 + perYear) ** ((at - from) / YEAR_MS)
}
