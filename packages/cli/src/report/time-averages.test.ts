import { DAY_MS, HOUR_MS, type Instant, instant, later } from '@offtake/core/base/instant'
import { durationMs } from '@offtake/core/base/span'
import { fromChanges, integral } from '@offtake/core/base/step-function'
import { at, spanOf } from '@offtake/core/testing/dates'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { averagesOver, stepsOf, stepText } from './time-averages.ts'

const START = at('2026-11-02')

test('averages over steps are what the level holds within each, and lose nothing', () => {
  const changes = fc.array(
    fc.record({
      at: fc.integer({ min: -9, max: 60 }).map((hours) => later(START, hours * HOUR_MS)),
      by: fc.integer({ min: -99, max: 99 }),
    }),
  )
  fc.assert(
    fc.property(
      changes,
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 12 }),
      (drawn, hours, atMost) => {
        const level = fromChanges(drawn)
        const steps = stepsOf({ start: START, until: later(START, hours * HOUR_MS) }, atMost)
        const averages = averagesOver(level, steps)
        expect(averages).toHaveLength(steps.length)
        for (const [n, step] of steps.entries())
          expect(averages[n]).toBeCloseTo(Number(integral(level, step)) / durationMs(step), 6)
      },
    ),
  )
})

test('steps follow each other without a gap, and are no more than asked for', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 800 }), (hours, atMost) => {
      const until = later(START, hours * HOUR_MS)
      const steps = stepsOf({ start: START, until }, atMost)
      expect(steps.length).toBeLessThanOrEqual(atMost)
      expect(steps[0]?.start).toBe(START)
      expect(steps.at(-1)?.until).toBe(until)
      for (const [n, step] of steps.entries()) if (n > 0) expect(step.start).toBe(steps[n - 1]?.until)
    }),
  )
})

test.each<[Instant, number, string, number]>([
  [at('2026-11-30'), 720, 'by the hour', HOUR_MS],
  [at('2026-11-30'), 62, 'over 12 hours', 12 * HOUR_MS],
  [at('2026-12-31'), 62, 'by day', DAY_MS],
  [at('2027-11-02'), 62, 'over 7 days', 7 * DAY_MS],
])('up to %d in at most %d steps is shown %s', (until, atMost, text, ms) => {
  const steps = stepsOf({ start: START, until }, atMost)
  expect(stepText(steps)).toBe(text)
  expect(steps[0] && durationMs(steps[0])).toBe(ms)
})

test('no step has no average', () => {
  expect(averagesOver(fromChanges([{ at: instant(0), by: 1 }]), [])).toEqual([])
  expect(stepsOf(spanOf('2026-01-01', '2026-01-01'), 5)).toEqual([])
})
