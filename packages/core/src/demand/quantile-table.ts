import { assert } from '../base/assert.ts'
import type { QuantileTable } from './workload.ts'

/** The value below which a given share (0 to 1) of all draws falls. */
export type Quantile = (share: number) => number

/** Prepares a table for many look-ups: between two positive values it runs straight in the logarithm, else straight. */
export function quantileOf(table: QuantileTable): Quantile {
  const { at, values } = table
  const last = at.length - 1
  assert(
    last >= 1 && values.length === at.length,
    'a quantile table has two values or more, one per probability',
  )
  const logarithms = values.map((value) => (value > 0 ? Math.log(value) : Number.NaN))
  return (share) => {
    const cell = cellOf(at, share)
    const low = at[cell] as number
    const width = (at[cell + 1] as number) - low
    const part = width > 0 ? Math.min(1, Math.max(0, (share - low) / width)) : 0
    const from = values[cell] as number
    const to = values[cell + 1] as number
    if (from === to) return from
    if (from <= 0) return from + part * (to - from)
    const logarithm = logarithms[cell] as number
    return Math.exp(logarithm + part * ((logarithms[cell + 1] as number) - logarithm))
  }
}

/** The last cell that begins at or below the share; the last one of all for the share 1. */
function cellOf(at: readonly number[], share: number): number {
  let low = 0
  let high = at.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((at[middle] as number) <= share) low = middle
    else high = middle
  }
  return low
}
