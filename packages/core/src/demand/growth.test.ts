import { expect, test } from 'vitest'
import { DAY_MS, instant } from '../base/instant.ts'
import { growthFactor } from './growth.ts'

const START = instant(Date.UTC(2026, 0, 1))

test('growth of 1 per year doubles in a year and makes eight of one in three', () => {
  expect(growthFactor(1, START, instant(START + 365.25 * DAY_MS))).toBeCloseTo(2, 12)
  expect(growthFactor(1, START, instant(START + 3 * 365.25 * DAY_MS))).toBeCloseTo(8, 12)
})

test('a shrinking demand is a negative growth', () => {
  expect(growthFactor(-0.5, START, instant(START + 365.25 * DAY_MS))).toBeCloseTo(0.5, 12)
})
