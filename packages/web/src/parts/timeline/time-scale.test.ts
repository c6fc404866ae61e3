import { expect, test } from 'vitest'
import { ticksOf, timeScale } from './time-scale.ts'

const at = (date: string): number => Date.parse(`${date}T00:00:00Z`)

test('moments stand where they lie between both ends, and at an end beyond it', () => {
  const { percent } = timeScale(at('2026-01-01'), at('2026-01-11'))
  expect([at('2025-01-01'), at('2026-01-06'), at('2027-01-01')].map(percent)).toEqual([0, 50, 100])
})

test('years are marked over years, and quarters over less', () => {
  const years = ticksOf(timeScale(at('2025-03-07'), at('2031-11-01')))
  expect(years.map(({ text }) => text)).toEqual(['2026', '2027', '2028', '2029', '2030', '2031'])
  const quarters = ticksOf(timeScale(at('2026-01-01'), at('2027-06-01')))
  expect(quarters.map((tick) => new Date(tick.at).getUTCMonth())).toEqual([0, 3, 6, 9, 0, 3])
})

test('a stretch without a length has no more marks than one', () => {
  expect(ticksOf(timeScale(at('2026-01-01'), at('2026-01-01'))).length).toBeLessThanOrEqual(1)
})
