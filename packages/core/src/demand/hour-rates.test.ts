import { expect, test } from 'vitest'
import { prng } from '../base/prng.ts'
import { hourRates, weeklyCycle } from './hour-rates.ts'
import { PHILLY_2017 } from './profiles/philly-2017.ts'

const MONDAY_HOUR = 96
const HOURS = 168 * 400

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

test('without bursts each hour follows the cycle', () => {
  const { bursts: _, ...steady } = PHILLY_2017
  const rates = hourRates(steady, prng(1))
  const cycle = weeklyCycle(PHILLY_2017)
  expect(cycle.map((_rate, slot) => rates(MONDAY_HOUR + slot))).toEqual(cycle)
  expect(meanOf(cycle)).toBeCloseTo(1, 12)
})

test('bursts average what the cycle asks for, in each hour of the week', () => {
  const rates = hourRates(PHILLY_2017, prng(2))
  const drawn = Array.from({ length: HOURS }, (_, hour) => rates(MONDAY_HOUR + hour))
  expect(meanOf(drawn)).toBeCloseTo(1, 1)
  const cycle = weeklyCycle(PHILLY_2017)
  const busiest = cycle.indexOf(Math.max(...cycle))
  const calmest = cycle.indexOf(Math.min(...cycle))
  const meanIn = (slot: number): number => meanOf(drawn.filter((_, hour) => hour % 168 === slot))
  expect(Math.abs(meanIn(busiest) / (cycle[busiest] ?? 0) - 1)).toBeLessThan(0.35)
  expect(Math.abs(meanIn(calmest) / (cycle[calmest] ?? 0) - 1)).toBeLessThan(0.35)
})

test('an hour has the same rate whichever hours were asked for before', () => {
  const forwards = hourRates(PHILLY_2017, prng(3))
  const inOrder = [100, 101, 102, 103].map(forwards)
  const jumping = hourRates(PHILLY_2017, prng(3))
  expect([103, 100, 102, 101].map(jumping)).toEqual([inOrder[3], inOrder[0], inOrder[2], inOrder[1]])
})

test('neighbouring hours are alike as far as the profile says', () => {
  const flat = { ...PHILLY_2017, hourOfDay: new Array(24).fill(1), dayOfWeek: new Array(7).fill(1) }
  const table = { at: [0, 1], values: [0, 2] }
  const luckIn = (persistence: number): number => {
    const rates = hourRates({ ...flat, bursts: { rates: table, persistence } }, prng(4))
    const drawn = Array.from({ length: 20_000 }, (_, hour) => rates(hour) - 1)
    const products = drawn.slice(1).map((value, i) => value * (drawn[i] ?? 0))
    return meanOf(products) / meanOf(drawn.map((value) => value * value))
  }
  // The correlation of uniform numbers is (6/π)·asin(ρ/2) of that of their normal scores: 0.583 for 0.6.
  expect(luckIn(0.6)).toBeCloseTo(0.583, 1)
  expect(Math.abs(luckIn(0))).toBeLessThan(0.03)
})
