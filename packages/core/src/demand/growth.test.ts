import { expect, test } from 'vitest'
import { DAY_MS, instant } from '../base/instant.ts'
import { growthFactor, levelAt } from './growth.ts'

const START = instant(Date.UTC(2026, 0, 1))

test('growth of 1 per year doubles in a year and makes eight of one in three', () => {
  expect(growthFactor(1, START, instant(START + 365.25 * DAY_MS))).toBeCloseTo(2, 12)
  expect(growthFactor(1, START, instant(START + 3 * 365.25 * DAY_MS))).toBeCloseTo(8, 12)
})

test('a shrinking demand is a negative growth', () => {
  expect(growthFactor(-0.5, START, instant(START + 365.25 * DAY_MS))).toBeCloseTo(0.5, 12)
})

test('a level holds from its moment to the next one, and nothing changes before the first', () => {
  const day = (days: number) => instant(START + days * DAY_MS)
  const levels = [
    { from: day(1), factor: 3 },
    { from: day(4), factor: 0.5 },
  ]
  const days = [0, 1, 3.9, 4, 100]
  expect(days.map((at) => levelAt(levels, day(at)))).toEqual([1, 3, 3, 0.5, 0.5])
  expect(levelAt(undefined, START)).toBe(1)
})
