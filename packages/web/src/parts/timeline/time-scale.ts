/** Where moments stand on a line of time. */
export interface TimeScale {
  readonly from: number
  readonly until: number
  /** From 0 to 100; what lies outside stands at its end. */
  readonly percent: (at: number) => number
}

export function timeScale(from: number, until: number): TimeScale {
  const length = Math.max(1, until - from)
  const percent = (at: number): number => Math.min(100, Math.max(0, (100 * (at - from)) / length))
  return { from, until, percent }
}

export interface Tick {
  readonly at: number
  readonly text: string
}

const MONTH = new Intl.DateTimeFormat(undefined, { month: 'short', timeZone: 'UTC' })
const STEPS_IN_MONTHS = [1, 3, 6, 12, 24, 60, 120]

/** The firsts of months or years at even distances, no more than so many. */
export function ticksOf({ from, until }: TimeScale, most = 10): Tick[] {
  const first = new Date(from)
  const last = new Date(until)
  const months =
    12 * (last.getUTCFullYear() - first.getUTCFullYear()) + last.getUTCMonth() - first.getUTCMonth()
  const step = STEPS_IN_MONTHS.find((size) => months / size <= most) ?? 240
  const begin = 12 * first.getUTCFullYear() + first.getUTCMonth()
  const ticks: Tick[] = []
  for (let month = Math.ceil(begin / step) * step; ; month += step) {
    const at = Date.UTC(Math.floor(month / 12), month % 12, 1)
    if (at > until) return ticks
    if (at >= from) ticks.push({ at, text: textOf(month) })
  }
}

function textOf(month: number): string {
  const year = String(Math.floor(month / 12))
  return month % 12 === 0 ? year : MONTH.format(Date.UTC(2000, month % 12, 1))
}
