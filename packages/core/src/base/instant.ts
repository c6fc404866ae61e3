/** A moment in milliseconds since 1970-01-01 UTC. */
export type Instant = number & { readonly unit: 'instant' }

export const SECOND_MS = 1_000
export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000
export const WEEK_MS = 7 * DAY_MS

export function instant(ms: number): Instant {
  return ms as Instant
}

/** Adds a duration of `ms` milliseconds. */
export function later(from: Instant, ms: number): Instant {
  return (from + ms) as Instant
}

const ISO =
  /^(\d{4})-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?)?)?$/

/**
 * Reads `YYYY-MM`, `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM[:SS[.fff]][Z|±HH:MM]`; without a zone the text is UTC.
 * Returns nothing for any other text and for dates that do not exist, such as 30 February.
 */
export function parseInstant(text: string): Instant | undefined {
  const match = ISO.exec(text.trim())
  if (!match) return undefined
  const [, year, month, day = '01', hour = '00', minute = '00', second = '00', fraction = '0', zone = 'Z'] =
    match
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day))
  if (!isSameDate(date, Number(year), Number(month), Number(day))) return undefined
  if (Number(minute) > 59 || Number(second) > 60) return undefined
  const clock = Number(hour) * HOUR_MS + Number(minute) * MINUTE_MS + Number(second) * SECOND_MS
  if (clock > DAY_MS) return undefined
  return (date + clock + Math.floor(Number(`0.${fraction}`) * 1000) - zoneOffsetMs(zone)) as Instant
}

function isSameDate(ms: number, year: number, month: number, day: number): boolean {
  const date = new Date(ms)
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

function zoneOffsetMs(zone: string): number {
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))
  return (zone.startsWith('-') ? -minutes : minutes) * MINUTE_MS
}

/** `YYYY-MM-DD` where the moment is midnight UTC, else `YYYY-MM-DDTHH:MM:SS[.fff]Z`. */
export function formatInstant(at: Instant): string {
  const text = new Date(at).toISOString()
  if (at % DAY_MS === 0) return text.slice(0, 10)
  return text.endsWith('.000Z') ? `${text.slice(0, 19)}Z` : text
}

/** `YYYY-MM-DD`, whatever the hour. */
export function formatDate(at: Instant): string {
  return new Date(at).toISOString().slice(0, 10)
}

/** `YYYY-MM`. */
export function formatMonth(at: Instant): string {
  return new Date(at).toISOString().slice(0, 7)
}

/**
 * The same day and hour `months` calendar months later (or earlier), UTC.
 * A day that the month does not have becomes its last one: 31 January + 1 month = 28 or 29 February.
 */
export function addMonths(at: Instant, months: number): Instant {
  const date = new Date(at)
  const year = date.getUTCFullYear()
  const month = date.getUTCMonth() + months
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  const day = Math.min(date.getUTCDate(), lastDay)
  return (Date.UTC(year, month, day) + (((at % DAY_MS) + DAY_MS) % DAY_MS)) as Instant
}

/** The calendar year (UTC). */
export function yearOf(at: Instant): number {
  return new Date(at).getUTCFullYear()
}

/** Midnight UTC of the first day of its year. */
export function yearStart(at: Instant): Instant {
  return instant(Date.UTC(yearOf(at), 0))
}

/** Midnight UTC of the first day of the month that holds `at`. */
export function monthStart(at: Instant): Instant {
  const date = new Date(at)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) as Instant
}
