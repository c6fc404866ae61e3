import { expect, test } from 'vitest'
import { normalScores, quantilesOf, rounded } from './quantiles.ts'

test('quantiles are read off the sorted sample, between ranks by proportion', () => {
  expect(quantilesOf([40, 10, 20, 30, 0], [0, 0.5, 0.875, 1])).toEqual({
    at: [0, 0.5, 0.875, 1],
    values: [0, 20, 35, 40],
  })
})

test('figures keep four significant digits', () => {
  expect(rounded(123_456)).toBe(123_500)
  expect(rounded(0.000_123_456)).toBe(0.000_123_5)
})

test('normal scores rank a sample, equal values alike', () => {
  const [low = 0, middle = 0, same = 0, high = 0] = normalScores([1, 5, 5, 9])
  expect(middle).toBe(same)
  expect(middle).toBeCloseTo(0, 6)
  expect(low).toBeCloseTo(-1.15, 2)
  expect(high).toBeCloseTo(1.15, 2)
})
