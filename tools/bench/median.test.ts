import { expect, test } from 'vitest'
import { medianOf } from './median.ts'

test('the median of an even number of values lies between the two in the middle', () => {
  expect(medianOf([4, 1, 3, 100])).toBe(3.5)
  expect(medianOf([5])).toBe(5)
  expect(medianOf([])).toBeNaN()
})
