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

/** The mean of all draws, none of them counted for more than the cap. */
export function meanOf({ at, values }: QuantileTable, cap = Number.POSITIVE_INFINITY): number {
  return at.slice(1).reduce((mean, until, cell) => {
    const width = until - (at[cell] ?? 0)
    return mean + width * cappedMean(values[cell] ?? 0, values[cell + 1] ?? 0, cap)
  }, 0)
}

/** Of what runs from one value up to another as in a table's cell, and stays at the cap from where it meets it. */
function cappedMean(from: number, to: number, cap: number): number {
  if (cap <= from) return cap
  if (cap >= to) return meanBetween(from, to)
  const below = from > 0 ? Math.log(cap / from) / Math.log(to / from) : cap / to
  return below * meanBetween(from, cap) + (1 - below) * cap
}

function meanBetween(from: number, to: number): number {
  return from > 0 && from !== to ? (to - from) / Math.log(to / from) : (from + to) / 2
}
