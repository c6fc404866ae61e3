/** One job as far as distributions are concerned; times in milliseconds UTC. */
export interface Arrival {
  readonly at: number
  readonly accelerators: number
  readonly seconds: number
}

/** How far two sets of jobs are apart: Kolmogorov–Smirnov distances, and correlations of their cycles. */
export interface Comparison {
  readonly sizes: number
  readonly durations: number
  readonly gaps: number
  readonly daily: number
  readonly weekly: number
}

export function compare(a: readonly Arrival[], b: readonly Arrival[]): Comparison {
  return {
    sizes: distance(
      a.map(({ accelerators }) => accelerators),
      b.map(({ accelerators }) => accelerators),
    ),
    durations: distance(
      a.map(({ seconds }) => seconds),
      b.map(({ seconds }) => seconds),
    ),
    gaps: distance(gapsWithinHours(a), gapsWithinHours(b)),
    daily: correlation(byHourOfDay(a), byHourOfDay(b)),
    weekly: correlation(byDayOfWeek(a), byDayOfWeek(b)),
  }
}

/** The largest difference between the shares of two samples that lie at or below a value. */
function distance(a: readonly number[], b: readonly number[]): number {
  const left = Float64Array.from(a).sort()
  const right = Float64Array.from(b).sort()
  let i = 0
  let j = 0
  let largest = 0
  while (i < left.length && j < right.length) {
    const value = Math.min(left[i] ?? 0, right[j] ?? 0)
    while (i < left.length && (left[i] ?? 0) <= value) i++
    while (j < right.length && (right[j] ?? 0) <= value) j++
    largest = Math.max(largest, Math.abs(i / left.length - j / right.length))
  }
  return left.length > 0 && right.length > 0 ? largest : 1
}

/** Pearson's coefficient; 0 where one side does not vary. */
function correlation(xs: readonly number[], ys: readonly number[]): number {
  const meanX = xs.reduce((sum, x) => sum + x, 0) / xs.length
  const meanY = ys.reduce((sum, y) => sum + y, 0) / ys.length
  let together = 0
  let alone = 0
  let other = 0
  xs.forEach((x, i) => {
    const y = ys[i] ?? 0
    together += (x - meanX) * (y - meanY)
    alone += (x - meanX) ** 2
    other += (y - meanY) ** 2
  })
  return alone > 0 && other > 0 ? together / Math.sqrt(alone * other) : 0
}

/** Whole seconds between neighbours of the same clock hour. */
function gapsWithinHours(arrivals: readonly Arrival[]): number[] {
  const seconds = Float64Array.from(arrivals, ({ at }) => Math.floor(at / 1000)).sort()
  const gaps: number[] = []
  for (let i = 1; i < seconds.length; i++) {
    const before = seconds[i - 1] ?? 0
    const after = seconds[i] ?? 0
    if (Math.floor(before / 3600) === Math.floor(after / 3600)) gaps.push(after - before)
  }
  return gaps
}

function byHourOfDay(arrivals: readonly Arrival[]): number[] {
  const counts = new Array<number>(24).fill(0)
  for (const { at } of arrivals) {
    const hour = new Date(at).getUTCHours()
    counts[hour] = (counts[hour] ?? 0) + 1
  }
  return counts
}

/** Jobs per Sunday, Monday and so on, of the days on which there are any. */
function byDayOfWeek(arrivals: readonly Arrival[]): number[] {
  const counts = new Array<number>(7).fill(0)
  const days = counts.map(() => new Set<number>())
  for (const { at } of arrivals) {
    const day = new Date(at).getUTCDay()
    counts[day] = (counts[day] ?? 0) + 1
    days[day]?.add(Math.floor(at / 86_400_000))
  }
  return counts.map((count, day) => count / Math.max(1, days[day]?.size ?? 0))
}
