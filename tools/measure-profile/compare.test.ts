import { expect, test } from 'vitest'
import { compare } from './compare.ts'

function distance(a: readonly number[], b: readonly number[]): number {
  const jobs = (durations: readonly number[]) =>
    durations.map((seconds) => ({ at: 0, accelerators: 1, seconds }))
  return compare(jobs(a), jobs(b)).durations
}

/** The correlation of two daily cycles that have so many jobs in their first hours, and one in each other hour. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const jobs = (counts: readonly number[]) =>
    Array.from({ length: 24 }, (_, hour) => hour).flatMap((hour) =>
      Array.from({ length: counts[hour] ?? 1 }, () => ({
        at: Date.UTC(2026, 0, 5, hour),
        accelerators: 1,
        seconds: 1,
      })),
    )
  return compare(jobs(a), jobs(b)).daily
}

test('equal samples have no distance, samples without overlap the distance one', () => {
  expect(distance([3, 1, 2], [1, 2, 3])).toBe(0)
  expect(distance([1, 2], [3, 4, 5])).toBe(1)
})

test('the distance is the largest difference of shares, ties counted together', () => {
  // At 1: 1/4 against 2/4; at 2: 3/4 against 2/4; at 3: 4/4 against 3/4.
  expect(distance([1, 2, 2, 3], [1, 1, 3, 4])).toBe(0.25)
  expect(distance([0, 0, 0, 9], [0, 9, 9, 9])).toBe(0.5)
})

test('the distance is the same from both sides', () => {
  expect(distance([1, 1, 1, 2], [1, 3, 3, 3])).toBe(0.75)
  expect(distance([1, 3, 3, 3], [1, 1, 1, 2])).toBe(0.75)
})

test('an empty sample is as far away as can be', () => {
  expect(distance([], [1])).toBe(1)
})

test('correlation is one for the same shape, negative for the opposite one, zero for what does not vary', () => {
  expect(correlation([3, 5, 1], [5, 9, 1])).toBeCloseTo(1, 12)
  expect(correlation([2], [0])).toBeCloseTo(-1, 12)
  expect(correlation([3, 5], [])).toBe(0)
  // One hour of 24 stands out on each side, not the same one.
  expect(correlation([2], [1, 2])).toBeCloseTo(-1 / 23, 12)
})

test('gaps are counted within a clock hour, in whole seconds, whatever the order of the jobs', () => {
  const at = (hour: number, second: number) => ({
    at: Date.UTC(2026, 0, 5, hour, 0, second, 900),
    accelerators: 1,
    seconds: 60,
  })
  const within = [at(1, 10), at(1, 0), at(1, 30)]
  // Gaps of 10 and 20 seconds; the hour between the last two is not one.
  expect(compare([...within, at(2, 0)], within).gaps).toBe(0)
  expect(compare(within, [at(1, 0), at(1, 10), at(1, 30)]).gaps).toBe(0)
  expect(compare(within, [at(1, 0), at(1, 10), at(1, 20)]).gaps).toBe(0.5)
})

test('cycles are compared by hour of the day and by day of the week', () => {
  const week = (jobs: (day: number, hour: number) => number) =>
    Array.from({ length: 7 }, (_, day) => day).flatMap((day) =>
      Array.from({ length: 24 }, (_, hour) => hour).flatMap((hour) =>
        Array.from({ length: jobs(day, hour) }, () => ({
          at: Date.UTC(2026, 0, 5 + day, hour),
          accelerators: 1,
          seconds: 1,
        })),
      ),
    )
  const byHour = week((_, hour) => 1 + hour)
  const byDay = week((day) => 1 + day)
  expect(compare(byHour, byHour).daily).toBeCloseTo(1, 12)
  expect(compare(byHour, byDay).daily).toBe(0)
  expect(compare(byDay, byDay).weekly).toBeCloseTo(1, 12)
  expect(compare(byDay, byHour).weekly).toBe(0)
})
