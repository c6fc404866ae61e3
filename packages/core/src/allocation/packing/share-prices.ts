import { WHOLE_MILLI } from './packing-fleet.ts'
import type { PodMix } from './pod-kind.ts'

/**
 * What a remnant of an accelerator is worth, in milli of whole accelerator, for each size 0 … 1,000.
 * The prices of the share sizes are the duals of the cutting-stock program over the mix: the fewest accelerators that hold
 * the asked-for shares, over all patterns that fit one accelerator. A remnant is worth the dearest shares that fit in it.
 */
export function remnantWorth(mix: PodMix): Float64Array {
  const demand = new Map<number, number>()
  for (const { kind, count } of mix) {
    if (kind.accelerators !== 1 || kind.milliEach >= WHOLE_MILLI) continue
    demand.set(kind.milliEach, (demand.get(kind.milliEach) ?? 0) + count)
  }
  const sizes = [...demand.keys()].sort((a, b) => a - b)
  const prices = cuttingStockPrices(
    sizes,
    sizes.map((size) => demand.get(size) ?? 0),
  )
  const worth = dearestPattern(sizes, prices).value.map((value) => value * WHOLE_MILLI)
  worth[WHOLE_MILLI] = WHOLE_MILLI
  return worth
}

const TOLERANCE = 1e-9
const PIVOTS_MOST = 2000

/** Column generation with a dense inverse of the basis; one column per size to begin with, cut from nothing but itself. */
function cuttingStockPrices(sizes: readonly number[], demand: readonly number[]): number[] {
  const inverse = sizes.map((size, row) =>
    sizes.map((_, column) => (row === column ? 1 / Math.floor(WHOLE_MILLI / size) : 0)),
  )
  const amounts = sizes.map((size, row) => (demand[row] as number) / Math.floor(WHOLE_MILLI / size))
  const prices = (): number[] =>
    sizes.map((_, column) => inverse.reduce((sum, row) => sum + (row[column] as number), 0))
  for (let pivot = 0; pivot < PIVOTS_MOST; pivot++) {
    const now = prices()
    const pattern = dearestPattern(
      sizes,
      now.map((price) => Math.max(0, price)),
    )
    if ((pattern.value[WHOLE_MILLI] as number) <= 1 + TOLERANCE) break
    const entering = inverse.map((row) =>
      row.reduce((sum, value, column) => sum + value * (pattern.cuts[column] as number), 0),
    )
    const leaving = leavingRow(amounts, entering)
    if (leaving < 0) break
    exchange(inverse, amounts, entering, leaving)
  }
  return prices().map((price) => Math.max(0, price))
}

function leavingRow(amounts: readonly number[], entering: readonly number[]): number {
  let leaving = -1
  let least = Infinity
  entering.forEach((value, row) => {
    if (value <= TOLERANCE) return
    const ratio = (amounts[row] as number) / value
    if (ratio >= least) return
    least = ratio
    leaving = row
  })
  return leaving
}

function exchange(
  inverse: number[][],
  amounts: number[],
  entering: readonly number[],
  leaving: number,
): void {
  const scale = entering[leaving] ?? 1
  const pivotRow = (inverse[leaving] ?? []).map((value) => value / scale)
  const amount = (amounts[leaving] as number) / scale
  entering.forEach((factor, row) => {
    if (row === leaving) return
    inverse[row] = (inverse[row] ?? []).map((value, column) => value - factor * (pivotRow[column] as number))
    amounts[row] = (amounts[row] as number) - factor * amount
  })
  inverse[leaving] = pivotRow
  amounts[leaving] = amount
}

/** The dearest set of shares that fits each remnant, and how often each size is cut from a whole accelerator. */
function dearestPattern(
  sizes: readonly number[],
  prices: readonly number[],
): { value: Float64Array; cuts: number[] } {
  const value = new Float64Array(WHOLE_MILLI + 1)
  const choice = new Int32Array(WHOLE_MILLI + 1).fill(-1)
  for (let remnant = 1; remnant <= WHOLE_MILLI; remnant++) {
    value[remnant] = value[remnant - 1] ?? 0
    sizes.forEach((size, index) => {
      if (size > remnant) return
      const worth = (value[remnant - size] as number) + (prices[index] as number)
      if (worth <= (value[remnant] as number) + 1e-12) return
      value[remnant] = worth
      choice[remnant] = index
    })
  }
  const cuts = sizes.map(() => 0)
  for (let left = WHOLE_MILLI; left > 0; ) {
    const index = choice[left] ?? -1
    if (index < 0) left--
    else {
      cuts[index] = (cuts[index] as number) + 1
      left -= sizes[index] ?? left
    }
  }
  return { value, cuts }
}
