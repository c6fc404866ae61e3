const DAY_MS = 86_400_000
const DAYS = [1, 2, 7, 14]
const MONTHS = [1, 2, 3, 6, 12, 24, 36, 60, 120]

/** Moments of an axis that people count in, evenly apart: days, or first days of months and years; at most so many. All in UTC. */
export function timeTicks(start: number, until: number, atMost: number): number[] {
  for (const days of DAYS) {
    const ticks = dayTicks(start, until, days)
    if (ticks.length <= atMost) return ticks
  }
  for (const months of MONTHS) {
    const ticks = monthTicks(start, until, months)
    if (ticks.length <= atMost) return ticks
  }
  return [start, until]
}

function dayTicks(start: number, until: number, days: number): number[] {
  const ticks: number[] = []
  for (let at = Math.ceil(start / DAY_MS) * DAY_MS; at <= until; at += days * DAY_MS) ticks.push(at)
  return ticks
}

function monthTicks(start: number, until: number, months: number): number[] {
  const ticks: number[] = []
  const year = new Date(start).getUTCFullYear()
  for (let n = 0; ; n += months) {
    const at = Date.UTC(year - (year % Math.max(1, months / 12)), n)
    if (at > until) return ticks
    if (at >= start) ticks.push(at)
  }
}
