import fc from 'fast-check'
import { expect, test } from 'vitest'
import { timeTicks } from './time-ticks.ts'

const day = (text: string): number => Date.parse(`${text}T00:00Z`)
const dates = (ticks: readonly number[]): string[] =>
  ticks.map((at) => new Date(at).toISOString().slice(0, 10))

test('over two weeks every second day is named, from the first', () => {
  expect(dates(timeTicks(day('2026-10-05'), day('2026-10-19'), 8))).toEqual([
    '2026-10-05',
    '2026-10-07',
    '2026-10-09',
    '2026-10-11',
    '2026-10-13',
    '2026-10-15',
    '2026-10-17',
    '2026-10-19',
  ])
})

test('over two years quarters are named, on a narrow page halves', () => {
  const [start, until] = [day('2026-02-01'), day('2028-01-01')]
  expect(dates(timeTicks(start, until, 8))).toEqual([
    '2026-04-01',
    '2026-07-01',
    '2026-10-01',
    '2027-01-01',
    '2027-04-01',
    '2027-07-01',
    '2027-10-01',
    '2028-01-01',
  ])
  expect(dates(timeTicks(start, until, 4))).toEqual(['2026-07-01', '2027-01-01', '2027-07-01', '2028-01-01'])
})

test('over nine years every year is named, or every second even one', () => {
  const [start, until] = [day('2025-03-01'), day('2034-03-01')]
  expect(dates(timeTicks(start, until, 9))).toHaveLength(9)
  expect(dates(timeTicks(start, until, 5))).toEqual([
    '2026-01-01',
    '2028-01-01',
    '2030-01-01',
    '2032-01-01',
    '2034-01-01',
  ])
})

test('ticks lie on the axis, rise, and are no more than fit', () => {
  const moments = fc.integer({ min: 0, max: day('2150-01-01') })
  fc.assert(
    fc.property(moments, moments, fc.integer({ min: 3, max: 12 }), (a, b, atMost) => {
      const [start, until] = [Math.min(a, b), Math.max(a, b)]
      const ticks = timeTicks(start, until, atMost)
      expect(ticks.length).toBeLessThanOrEqual(atMost)
      for (const [n, tick] of ticks.entries()) {
        expect(tick >= start && tick <= until).toBe(true)
        if (n > 0) expect(tick).toBeGreaterThan(ticks[n - 1] ?? 0)
      }
    }),
  )
})
