import { expect, test } from 'vitest'
import { framesBetween, type TraceEvent } from './main-thread.ts'

const on = (tid: number, name: string, ts: number, dur?: number): TraceEvent => ({
  name,
  ph: dur === undefined ? 'I' : 'X',
  pid: 1,
  tid,
  ts,
  ...(dur === undefined ? {} : { dur }),
})

test('a frame has the work of its own thread from its beginning to that of the next', () => {
  const frames = framesBetween(
    [
      on(1, 'from', 0),
      on(1, 'RunTask', 10_000, 4_000),
      on(1, 'FireAnimationFrame', 11_000),
      on(1, 'FireAnimationFrame', 11_200),
      on(1, 'RunTask', 18_000, 1_000),
      on(2, 'RunTask', 19_000, 9_000),
      on(1, 'RunTask', 26_000, 2_000),
      on(1, 'FireAnimationFrame', 27_000),
      on(1, 'RunTask', 42_000, 3_000),
      on(1, 'FireAnimationFrame', 43_000),
      on(1, 'until', 50_000),
      on(1, 'RunTask', 58_000, 3_000),
      on(1, 'FireAnimationFrame', 59_000),
    ],
    'from',
    'until',
  )
  expect(frames).toEqual([
    { workMs: 5, intervalMs: 16 },
    { workMs: 2, intervalMs: 16 },
  ])
})

test('a trace without its marks is no measurement', () => {
  expect(() => framesBetween([], 'from', 'until')).toThrow('no mark from')
})
