import type { QuantileTable } from '@offtake/core/demand/workload'

/** Fine towards the ends, where a straight line would stretch the longest values. */
export const SHARES: readonly number[] = [
  0,
  0.001,
  0.005,
  0.01,
  0.02,
  ...Array.from({ length: 19 }, (_, step) => (step + 1) / 20),
  0.98,
  0.99,
  0.995,
  0.999,
  1,
]

/** Twice as fine, for distributions with many jobs behind them. */
export const FINE_SHARES: readonly number[] = [
  ...new Set([...SHARES, ...Array.from({ length: 39 }, (_, step) => (step + 1) / 40)]),
].sort((a, b) => a - b)

/** The sample's values at the given shares, between neighbours in rank by proportion. */
export function quantilesOf(sample: readonly number[], shares: readonly number[]): QuantileTable {
  const sorted = Float64Array.from(sample).sort()
  const values = shares.map((share) => {
    const rank = share * (sorted.length - 1)
    const low = sorted[Math.floor(rank)] ?? 0
    const high = sorted[Math.ceil(rank)] ?? 0
    return rounded(low + (high - low) * (rank - Math.floor(rank)))
  })
  return { at: shares, values }
}

/** Four significant digits: what a table of figures needs, and no more. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4))
}

/** The standard normal score of each value by its rank in the sample; equal values share their middle rank. */
export function normalScores(sample: readonly number[]): number[] {
  const order = sample.map((_, at) => at).sort((a, b) => (sample[a] ?? 0) - (sample[b] ?? 0))
  const scores = new Array<number>(sample.length).fill(0)
  for (let from = 0; from < order.length; ) {
    let until = from
    while (until < order.length && sample[order[until] ?? 0] === sample[order[from] ?? 0]) until++
    const score = normalQuantile((from + until) / 2 / order.length)
    for (let rank = from; rank < until; rank++) scores[order[rank] ?? 0] = score
    from = until
  }
  return scores
}

/** Winitzki's approximation of the inverse error function, good to about 0.002: ample for a correlation. */
function normalQuantile(share: number): number {
  const x = 2 * share - 1
  const logarithm = Math.log(1 - x * x)
  const a = 0.147
  const part = 2 / (Math.PI * a) + logarithm / 2
  return Math.sign(x) * Math.SQRT2 * Math.sqrt(Math.sqrt(part * part - logarithm / a) - part)
}
