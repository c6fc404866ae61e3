import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HOUR_MS } from '../base/instant.ts'
import { distributionOf, jainIndex, SIZE_CLASSES, waitsBySize } from './run-statistics.ts'

function inHours(...hours: readonly number[]): Float64Array {
  return Float64Array.from(hours, (each) => each * HOUR_MS)
}

test('the p-quantile of n values is the one that p × n of them are below', () => {
  const hundred = inHours(...Array.from({ length: 100 }, (_, n) => 99 - n))
  expect(distributionOf(hundred)).toEqual({ mean: 49.5, p50: 50, p99: 99 })
  expect(distributionOf(inHours(3, 1, 2))).toEqual({ mean: 2, p50: 2, p99: 3 })
  expect(distributionOf(inHours(7))).toEqual({ mean: 7, p50: 7, p99: 7 })
})

test('of nothing all is zero', () => {
  expect(distributionOf(inHours())).toEqual({ mean: 0, p50: 0, p99: 0 })
  expect(waitsBySize([], [])).toEqual([])
  expect(jainIndex([])).toBe(1)
})

test('waits are told by the class of size in which a gang is the largest or smaller', () => {
  const sizes = [1, 8, 2, 9, 72, 73, 5_000]
  const waits = [1, 2, 4, 8, 16, 32, 64].map((hours) => hours * HOUR_MS)
  expect(waitsBySize(waits, sizes).map(({ upTo, gangs, mean }) => [upTo, gangs, mean])).toEqual([
    [1, 1, 1],
    [8, 2, 3],
    [72, 2, 12],
    [512, 1, 32],
    [Number.POSITIVE_INFINITY, 1, 64],
  ])
})

test('every gang is in one class, and the classes together have all the waits', () => {
  const gangs = fc.array(fc.record({ size: fc.nat(10_000), wait: fc.nat(1_000_000) }))
  fc.assert(
    fc.property(gangs, (all) => {
      const rows = waitsBySize(
        all.map(({ wait }) => wait),
        all.map(({ size }) => size),
      )
      expect(rows.reduce((sum, row) => sum + row.gangs, 0)).toBe(all.length)
      const hours = rows.reduce((sum, row) => sum + row.gangs * row.mean, 0)
      expect(hours * HOUR_MS).toBeCloseTo(
        all.reduce((sum, { wait }) => sum + wait, 0),
        2,
      )
      for (const { upTo } of rows) expect(SIZE_CLASSES).toContain(upTo)
    }),
  )
})

test("Jain's index is 1 where all are alike, and one n-th where one has everything", () => {
  expect(jainIndex([3, 3, 3, 3])).toBe(1)
  expect(jainIndex([5, 0, 0, 0])).toBe(0.25)
  expect(jainIndex([1, 2, 3])).toBeCloseTo(36 / 42, 12)
  expect(jainIndex([0, 0])).toBe(1)
})
