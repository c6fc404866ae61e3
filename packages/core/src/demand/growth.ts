import { DAY_MS, type Instant } from '../base/instant.ts'

const YEAR_MS = 365.25 * DAY_MS

/** What compounded growth of `perYear` (1 doubles) makes of 1 between two moments; a year has 365.25 days. */
export function growthFactor(perYear: number, from: Instant, at: Instant): number {
  return perYear === 0 ? 1 : (1 + perYear) ** ((at - from) / YEAR_MS)
}
