import fc from 'fast-check'
import { expect, test } from 'vitest'
import { prng } from '../base/prng.ts'
import { arrivalsBy } from './arrivals.ts'

const STEADY = { upToRate: 1, gaps: { at: [0, 1], values: [1, 1] } }
const CLUMPS = { upToRate: 9, gaps: { at: [0, 0.9, 0.99, 1], values: [0, 0.01, 1, 50] } }

test('jobs come in order, in whole seconds, within the hour', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.integer({ min: 1, max: 500 }),
      fc.double({ min: 0, max: 20, noNaN: true }),
      (seed, count, rate) => {
        const seconds = arrivalsBy([STEADY, CLUMPS])(count, rate, prng(seed))
        expect(seconds).toHaveLength(count)
        expect(seconds.every((second) => Number.isInteger(second) && second >= 0 && second < 3600)).toBe(true)
        expect(seconds).toEqual([...seconds].sort((a, b) => a - b))
      },
    ),
  )
})

test('the table of the busiest class holds for all busier hours', () => {
  const arrive = arrivalsBy([STEADY, CLUMPS])
  expect(arrive(100, 1000, prng(1))).toEqual(arrive(100, 9, prng(1)))
  expect(arrive(100, 1000, prng(1))).not.toEqual(arrive(100, 1, prng(1)))
})

test('gaps of one mean gap spread the jobs evenly', () => {
  const seconds = arrivalsBy([STEADY])(60, 1, prng(2))
  const gaps = seconds.slice(1).map((second, i) => second - (seconds[i] ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(58)
  expect(Math.max(...gaps)).toBeLessThanOrEqual(61)
})

test('gaps too long for the hour are fitted into it, not cut off at its end', () => {
  const tooLong = { upToRate: 1, gaps: { at: [0, 1], values: [3, 3] } }
  const seconds = arrivalsBy([tooLong])(60, 1, prng(3))
  expect(new Set(seconds).size).toBe(60)
})
