import { HOUR_MS, type Instant } from '../base/instant.ts'
import { drawNormal, normalShareBelow } from '../base/normal.ts'
import type { Prng } from '../base/prng.ts'
import { type Quantile, quantileOf } from './quantile-table.ts'
import { dayOfWeek, hourOfDay } from './week.ts'
import type { BurstTable, WorkloadProfile } from './workload.ts'

/** Arrivals of an hour ÷ those of the mean hour; hours are counted from 1970, and each has the same rate whichever was asked before. */
export type HourRates = (hour: number) => number

export function hourRates(profile: WorkloadProfile, chance: Prng): HourRates {
  const { bursts } = profile
  const cycle = weeklyCycle(profile)
  if (!bursts) return (hour) => cycle[slotOf(hour)] ?? 1
  const luck = luckByHour(bursts.persistence, chance)
  const quantile = quantileOf(bursts.rates)
  const tilts = tiltsFor(cycle, bursts)
  return (hour) => {
    const { exponent, factor } = tilts[slotOf(hour)] as Tilt
    return quantile(luck(hour) ** exponent) * factor
  }
}

/** Relative rate by hour of the week, Monday 0 o'clock first; averages one. */
export function weeklyCycle(profile: Pick<WorkloadProfile, 'hourOfDay' | 'dayOfWeek'>): number[] {
  const cycle = profile.dayOfWeek.flatMap((day) => profile.hourOfDay.map((hour) => day * hour))
  const mean = cycle.reduce((sum, rate) => sum + rate, 0) / cycle.length
  return cycle.map((rate) => rate / mean)
}

function slotOf(hour: number): number {
  const at = (hour * HOUR_MS) as Instant
  return dayOfWeek(at) * 24 + hourOfDay(at)
}

/** The power of u at which a draw from the burst table averages what the hour of the week asks for, and what it still lacks. */
export interface Tilt {
  readonly exponent: number
  readonly factor: number
}

const EXPONENTS = Array.from({ length: 241 }, (_, step) => 2 ** ((step - 120) / 15))

/** One tilt per hour of the week. A busier hour has an exponent below one: u to that power lies higher. */
export function tiltsFor(cycle: readonly number[], bursts: BurstTable): Tilt[] {
  const mean = meanByTilt(bursts)
  const means = EXPONENTS.map(mean)
  return cycle.map((rate) => {
    const step = means.findIndex((value) => value <= rate)
    const exponent = step <= 0 ? (EXPONENTS.at(step) as number) : between(EXPONENTS, means, step, rate)
    const reached = mean(exponent)
    return { exponent, factor: reached > 0 ? rate / reached : 0 }
  })
}

function between(xs: readonly number[], ys: readonly number[], step: number, y: number): number {
  const [x0 = 0, x1 = 0, y0 = 0, y1 = 0] = [xs[step - 1], xs[step], ys[step - 1], ys[step]]
  return y0 === y1 ? x1 : x0 + ((x1 - x0) * (y0 - y)) / (y0 - y1)
}

const PIECES = 8

/** The mean of quantile(u to the power of an exponent), by the midpoint rule on eight pieces of each cell of the table. */
function meanByTilt({ rates }: BurstTable): (exponent: number) => number {
  const quantile: Quantile = quantileOf(rates)
  const edges: number[] = [0]
  const values: number[] = []
  rates.at.slice(1).forEach((until, cell) => {
    const from = rates.at[cell] ?? 0
    for (let piece = 1; piece <= PIECES; piece++) {
      edges.push(from + ((until - from) * piece) / PIECES)
      values.push(quantile(from + ((until - from) * (piece - 0.5)) / PIECES))
    }
  })
  return (exponent) => {
    let mean = 0
    let below = 0
    values.forEach((value, piece) => {
      const share = (edges[piece + 1] ?? 1) ** (1 / exponent)
      mean += value * (share - below)
      below = share
    })
    return mean
  }
}

const FORGOTTEN = 0.01

/**
 * A uniform number per hour whose normal score is a moving average of independent ones, weighted by powers of the
 * persistence until they are forgotten: neighbours are alike, and any hour can be drawn without those before it.
 */
function luckByHour(persistence: number, chance: Prng): HourRates {
  const terms = persistence > 0 ? Math.ceil(Math.log(FORGOTTEN) / Math.log(persistence)) : 1
  const weights = Array.from({ length: Math.max(1, terms) }, (_, lag) => persistence ** lag)
  const size = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0))
  const drawn = new Map<number, number>()
  const scoreOf = (hour: number): number => {
    const known = drawn.get(hour)
    if (known !== undefined) return known
    const score = drawNormal(chance.fork(`hour ${hour}`))
    drawn.set(hour, score)
    drawn.delete(hour - weights.length)
    return score
  }
  return (hour) => {
    const score = weights.reduce((sum, weight, lag) => sum + weight * scoreOf(hour - lag), 0)
    return normalShareBelow(score / size)
  }
}
