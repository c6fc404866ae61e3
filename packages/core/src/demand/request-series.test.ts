import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY_MS, HOUR_MS, instant, WEEK_MS } from '../base/instant.ts'
import { toHours } from '../base/quantity.ts'
import { constant, integral, valueAt, within } from '../base/step-function.ts'
import { replicasWithin } from './request-series.ts'
import type { DemandSeries } from './service.ts'

const MONDAY = instant(Date.UTC(2026, 0, 5))
const WEEK = { start: MONDAY, until: instant(MONDAY + WEEK_MS) }

const DAILY: DemandSeries = {
  kind: 'daily',
  mean: 1000,
  from: MONDAY,
  amplitude: 0.5,
  peakHour: 14,
  weekend: 0.6,
  growthPerYear: 0,
  everyMs: HOUR_MS,
}

test('a daily series peaks at its hour, at its amplitude over the mean, and is calmest twelve hours later', () => {
  const replicas = replicasWithin({ ...DAILY, weekend: 1 }, WEEK)
  expect(valueAt(replicas, instant(MONDAY + 14 * HOUR_MS))).toBe(1500)
  expect(valueAt(replicas, instant(MONDAY + 2 * HOUR_MS))).toBe(500)
})

test('a weekend is its share of a weekday, and the week keeps its mean', () => {
  const replicas = replicasWithin(DAILY, WEEK)
  const at = (day: number): number => valueAt(replicas, instant(MONDAY + day * DAY_MS + 14 * HOUR_MS))
  expect(at(5) / at(4)).toBeCloseTo(0.6, 2)
  expect(at(6)).toBe(at(5))
  expect(toHours(integral(replicas, WEEK)) / (7 * 24)).toBeCloseTo(1000, 0)
})

test('growth compounds from the date that the mean holds for', () => {
  const flat = { ...DAILY, amplitude: 0, weekend: 1, growthPerYear: 1 }
  const at = instant(MONDAY + 2 * 365.25 * DAY_MS)
  const window = { start: at, until: instant(at + DAY_MS) }
  expect(valueAt(replicasWithin(flat, window), at)).toBe(4000)
})

test('a level multiplies the mean from its moment on', () => {
  const noon = instant(MONDAY + 12 * HOUR_MS)
  const flat = { ...DAILY, amplitude: 0, weekend: 1, levels: [{ from: noon, factor: 1.5 }] }
  const replicas = replicasWithin(flat, WEEK)
  expect(valueAt(replicas, MONDAY)).toBe(1000)
  expect(valueAt(replicas, noon)).toBe(1500)
})

test('nothing is asked for before the series begins, or outside the window', () => {
  const early = { start: instant(MONDAY - WEEK_MS), until: instant(MONDAY + DAY_MS) }
  const replicas = replicasWithin(DAILY, early)
  expect(valueAt(replicas, instant(MONDAY - 1))).toBe(0)
  expect(valueAt(replicas, MONDAY)).toBeGreaterThan(0)
  expect(valueAt(replicas, early.until)).toBe(0)
})

test('a window shows the same part of a series as a longer window does', () => {
  const series = fc.record({
    kind: fc.constant('daily' as const),
    mean: fc.integer({ min: 0, max: 100_000 }),
    from: fc.integer({ min: -500, max: 500 }).map((hours) => instant(MONDAY + hours * HOUR_MS)),
    amplitude: fc.double({ min: 0, max: 1, noNaN: true }),
    peakHour: fc.integer({ min: 0, max: 23 }),
    weekend: fc.double({ min: 0, max: 2, noNaN: true }),
    growthPerYear: fc.double({ min: -0.9, max: 9, noNaN: true }),
    everyMs: fc.integer({ min: HOUR_MS / 4, max: DAY_MS }),
  })
  const long = { start: instant(MONDAY - 2 * WEEK_MS), until: instant(MONDAY + 4 * WEEK_MS) }
  const part = fc.tuple(fc.nat(6 * 7 * 24), fc.nat(200)).map(([from, hours]) => {
    const start = instant(long.start + from * HOUR_MS)
    return { start, until: instant(Math.min(long.until, start + hours * HOUR_MS)) }
  })
  fc.assert(
    fc.property(series, part, (demand, window) => {
      const whole = replicasWithin(demand, long)
      expect(replicasWithin(demand, window)).toEqual(within(whole, window))
      expect(whole.values.every((value) => Number.isInteger(value) && value >= 0)).toBe(true)
    }),
  )
})

test('steps hold until the next one, whatever their order', () => {
  const steps = [
    { at: instant(MONDAY + DAY_MS), replicas: 8 },
    { at: MONDAY, replicas: 4 },
    { at: instant(MONDAY + 2 * DAY_MS), replicas: 0 },
  ]
  const replicas = replicasWithin({ kind: 'steps', steps }, WEEK)
  expect(replicas).toEqual({
    times: [MONDAY, instant(MONDAY + DAY_MS), instant(MONDAY + 2 * DAY_MS)],
    values: [4, 8, 0],
  })
})

test('a step before the window holds when it opens', () => {
  const steps = [{ at: instant(MONDAY - WEEK_MS), replicas: 3 }]
  expect(replicasWithin({ kind: 'steps', steps }, WEEK)).toEqual(constant(3, WEEK))
})
