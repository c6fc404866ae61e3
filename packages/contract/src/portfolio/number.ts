import { z } from 'zod'

/** The most that a portfolio can count: a thousand times the accelerators of the world. */
const LARGEST_COUNT = 1_000_000_000
const LARGEST_NUMBER = 1_000_000_000_000

/** A whole number of things, none at least. */
export function count(range: { readonly from?: number; readonly to?: number } = {}) {
  return z
    .number({ error: 'must be a whole number' })
    .int()
    .min(range.from ?? 0)
    .max(range.to ?? LARGEST_COUNT)
}

/** A number that is not negative and has three decimals at most. */
export function thousandths(range: { readonly to: number }) {
  return z.number({ error: 'must be a number' }).min(0).max(range.to).multipleOf(0.001)
}

/** A plain number that is not negative. */
export function quantity(range: { readonly from?: number; readonly to?: number } = {}) {
  return z
    .number({ error: 'must be a number' })
    .min(range.from ?? 0)
    .max(range.to ?? LARGEST_NUMBER)
}
