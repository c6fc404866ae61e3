import { expect, test } from 'vitest'
import { instant } from '../base/instant.ts'
import { dayOfWeek, hourOfDay } from './week.ts'

test('Monday is day 0 and Sunday day 6, on both sides of 1970', () => {
  expect(dayOfWeek(instant(Date.UTC(2026, 10, 23, 23, 59)))).toBe(0)
  expect(dayOfWeek(instant(Date.UTC(2026, 10, 29)))).toBe(6)
  expect(dayOfWeek(instant(Date.UTC(1969, 11, 31)))).toBe(2)
  expect(dayOfWeek(instant(Date.UTC(1969, 11, 28)))).toBe(6)
})

test('hours run from 0 to 23', () => {
  expect(hourOfDay(instant(Date.UTC(2026, 0, 1, 0, 0)))).toBe(0)
  expect(hourOfDay(instant(Date.UTC(2026, 0, 1, 23, 59, 59, 999)))).toBe(23)
})
