import { tiltsFor } from '@offtake/core/demand/hour-rates'
import type { BurstTable, QuantileTable } from '@offtake/core/demand/workload'
import { normalScores, quantilesOf, SHARES } from './quantiles.ts'

/** The jobs of one hour, and which hour of the week it is. */
export interface HourCount {
  readonly hour: number
  readonly slot: number
  readonly jobs: number
}

const ROUNDS = 25

/**
 * Finds the table from which hours of all kinds, each drawing to the power that its place in the cycle asks for,
 * together show the counts that were seen: the values are those seen, their shares are fitted round by round.
 */
export function measureBursts(hours: readonly HourCount[], cycle: readonly number[]): BurstTable {
  const mean = hours.reduce((sum, { jobs }) => sum + jobs, 0) / hours.length
  const seen = quantilesOf(
    hours.map(({ jobs }) => jobs / mean),
    SHARES,
  )
  let rates: QuantileTable = seen
  for (let round = 0; round < ROUNDS; round++) {
    const powers = tiltsFor(cycle, { rates, persistence: 0 }).map(({ exponent }) => 1 / exponent)
    rates = { at: seen.at.map((share) => fittedShare(share, powers)), values: seen.values }
  }
  return { rates, persistence: persistenceOf(hours, cycle, mean) }
}

/** The u at which the mean of u to the powers is the share; by halving, to six digits. */
function fittedShare(share: number, powers: readonly number[]): number {
  if (share === 0 || share === 1) return share
  let low = 0
  let high = 1
  while (high - low > 1e-7) {
    const middle = (low + high) / 2
    const mean = powers.reduce((sum, power) => sum + middle ** power, 0) / powers.length
    if (mean < share) low = middle
    else high = middle
  }
  return Number(((low + high) / 2).toFixed(6))
}

/** The correlation of one hour with the next, as normal scores of their jobs over what the cycle expects. */
function persistenceOf(hours: readonly HourCount[], cycle: readonly number[], mean: number): number {
  const scores = normalScores(hours.map(({ jobs, slot }) => jobs / (mean * (cycle[slot] ?? 1))))
  let together = 0
  let pairs = 0
  hours.forEach(({ hour }, at) => {
    if (at === 0 || hours[at - 1]?.hour !== hour - 1) return
    together += (scores[at] ?? 0) * (scores[at - 1] ?? 0)
    pairs++
  })
  return Math.max(0, Number((together / Math.max(1, pairs)).toFixed(2)))
}
