import { expect, test } from 'vitest'
import type { CaseResult, FigureResult } from './bench.ts'
import { judge, type Limit } from './limits.ts'

const figure = (key: string, median: number, ratio?: number): FigureResult => ({
  key,
  unit: 'x',
  better: 'higher',
  median,
  min: median,
  max: median,
  samples: [median],
  ...(ratio === undefined ? {} : { ratio }),
})

const RESULTS: readonly CaseResult[] = [
  {
    name: 'fifo',
    repeats: 1,
    figures: [figure('speed', 500, 0.5), figure('memory', 900)],
    yardstick: { name: 'a loop', median: 1000, samples: [1000] },
  },
]

const holds = (key: string, limit: Limit) =>
  judge({ philly: { fifo: { [key]: limit } } }, 'philly', RESULTS)[0]?.holds

test('a ratio at its limit holds, one beyond it does not', () => {
  expect(holds('speed', { ratioAtLeast: 0.5 })).toBe(true)
  expect(holds('speed', { ratioAtLeast: 0.51 })).toBe(false)
  expect(holds('speed', { ratioAtMost: 0.5 })).toBe(true)
  expect(holds('speed', { ratioAtMost: 0.49 })).toBe(false)
})

test('memory is held to a number', () => {
  expect(holds('memory', { atMost: 900 })).toBe(true)
  expect(holds('memory', { atMost: 899 })).toBe(false)
})

test('a limit on what was not measured, or has no ratio, does not hold', () => {
  expect(holds('gone', { atMost: 1 })).toBe(false)
  expect(holds('memory', { ratioAtLeast: 0 })).toBe(false)
  expect(judge({ philly: { gone: { speed: { atMost: 1 } } } }, 'philly', RESULTS)[0]?.holds).toBe(false)
})

test('limits of other benches are not judged', () => {
  expect(judge({ start: { fifo: { speed: { atMost: 1 } } } }, 'philly', RESULTS)).toEqual([])
})
