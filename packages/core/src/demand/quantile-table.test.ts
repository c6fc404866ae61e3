import fc from 'fast-check'
import { expect, test } from 'vitest'
import { meanOf, quantileOf } from './quantile-table.ts'

test('two positive values are joined by a straight line of their logarithms', () => {
  const quantile = quantileOf({ at: [0, 0.5, 1], values: [1, 100, 10_000] })
  expect(quantile(0.25)).toBeCloseTo(10, 9)
  expect(quantile(0.75)).toBeCloseTo(1000, 6)
})

test('from zero the line is straight', () => {
  expect(quantileOf({ at: [0, 1], values: [0, 8] })(0.25)).toBe(2)
})

test('the ends and the points of the table are met', () => {
  const quantile = quantileOf({ at: [0, 0.2, 0.2, 1], values: [0, 3, 7, 7] })
  expect(quantile(0)).toBe(0)
  expect(quantile(0.2)).toBe(7)
  expect(quantile(1)).toBe(7)
})

test('values rise with the share and stay within the table', () => {
  const table = fc
    .array(
      fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1e9, noNaN: true })),
      {
        minLength: 1,
        maxLength: 12,
      },
    )
    .map((points) => ({
      at: [0, ...points.map(([share]) => share).sort((a, b) => a - b), 1],
      values: [...points.map(([, value]) => value), 0, 2e9].sort((a, b) => a - b),
    }))
  const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2 })
  fc.assert(
    fc.property(table, shares, (points, asked) => {
      const values = asked.sort((a, b) => a - b).map(quantileOf(points))
      for (const [i, value] of values.entries()) {
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(2e9 * (1 + 1e-9))
        if (i > 0) expect(value).toBeGreaterThanOrEqual((values[i - 1] ?? 0) * (1 - 1e-9))
      }
    }),
  )
})

test('the mean is that of many draws spread evenly over the table, each cut at the cap', () => {
  const tables = [
    { at: [0, 0.5, 1], values: [1, 100, 10_000] },
    { at: [0, 0.3, 0.3, 1], values: [0, 8, 20, 20] },
  ]
  for (const table of tables)
    for (const cap of [Number.POSITIVE_INFINITY, 5_000, 100, 20, 3, 0.5]) {
      const quantile = quantileOf(table)
      const draws = Array.from({ length: 100_000 }, (_, i) => Math.min(cap, quantile((i + 0.5) / 100_000)))
      const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length
      expect(meanOf(table, cap) / mean).toBeCloseTo(1, 4)
    }
})
