import { DAY_MS, HOUR_MS, type Instant } from '../base/instant.ts'

const THURSDAY = 3

/** Hour of the day, 0 to 23, UTC. */
export function hourOfDay(at: Instant): number {
  return Math.floor(at / HOUR_MS) - 24 * Math.floor(at / DAY_MS)
}

/** Day of the week, 0 for Monday to 6 for Sunday, UTC. */
export function dayOfWeek(at: Instant): number {
  // The first of January 1970 was a Thursday.
  const day = (Math.floor(at / DAY_MS) + THURSDAY) % 7
  return day < 0 ? day + 7 : day
}
