import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Instant } from '../base/instant.ts'
import { instant } from '../base/instant.ts'
import { constant, fromChanges, integral, type StepFunction, valueAt, ZERO } from '../base/step-function.ts'
import { poolOf } from '../capacity/pool.ts'
import type { PoolTimeline } from '../capacity/timeline.ts'
import { at, spanOf } from '../testing/dates.ts'
import { expectUse } from './expected-use.ts'

const WINDOW = spanOf('2026-02-01', '2026-03-01')
const YEAR = spanOf('2026-01-01', '2027-01-01')

function pool(hardware: string, delivered: StepFunction): PoolTimeline {
  const key = poolOf({ provider: 'north', region: 'r', hardware, fabric: 'default' })
  return { pool: key, promised: delivered, delivered, cpuCores: ZERO }
}

const h100 = pool('h100', constant(100, YEAR))
const level = (use: StepFunction | undefined, moment: string): number => (use ? valueAt(use, at(moment)) : 0)

describe('the use that must be supposed', () => {
  it('is what was metered within the window, and the same part of the capacity before and after it', () => {
    const used = fromChanges([
      { at: at('2026-02-01'), by: 20 },
      { at: at('2026-02-15'), by: 20 },
      { at: at('2026-03-01'), by: -40 },
    ])
    const found = expectUse([h100], new Map([[h100.pool.id, used]]), WINDOW).get(h100.pool.id)
    const moments = ['2026-01-10', '2026-02-10', '2026-02-20', '2026-03-10', '2027-01-02']
    expect(moments.map((moment) => level(found?.used, moment))).toEqual([30, 20, 40, 30, 0])
    expect(found?.basis).toBe('forecast')
  })

  it('is that of each pool by itself', () => {
    const b200 = pool('b200', constant(10, YEAR))
    const used = new Map([
      [h100.pool.id, constant(20, WINDOW)],
      [b200.pool.id, constant(9, WINDOW)],
    ])
    const found = expectUse([h100, b200], used, WINDOW)
    expect(level(found.get(h100.pool.id)?.used, '2026-06-01')).toBe(20)
    expect(level(found.get(b200.pool.id)?.used, '2026-06-01')).toBe(9)
  })

  it('is rounded to whole accelerators, half up', () => {
    const three = pool('h100', constant(3, YEAR))
    const used = new Map([[three.pool.id, constant(1, spanOf('2026-02-01', '2026-02-22'))]])
    // One of three for three of four weeks: a quarter of three is 0.75.
    expect(level(expectUse([three], used, WINDOW).get(three.pool.id)?.used, '2026-06-01')).toBe(1)
  })

  it('follows all pools together where a pool was not there, and is then assumed', () => {
    const b200 = pool('b200', constant(40, spanOf('2026-06-01', '2027-01-01')))
    const used = new Map([[h100.pool.id, constant(25, WINDOW)]])
    const found = expectUse([h100, b200], used, WINDOW).get(b200.pool.id)
    expect([level(found?.used, '2026-07-01'), found?.basis]).toEqual([10, 'assumed'])
  })

  it('is all that there is where nothing was measured at all', () => {
    const b200 = pool('b200', constant(40, spanOf('2026-06-01', '2027-01-01')))
    const found = expectUse([b200], new Map(), WINDOW).get(b200.pool.id)
    expect([level(found?.used, '2026-07-01'), found?.basis]).toEqual([40, 'assumed'])
  })

  it('is never more than there is, and within the window exactly what was metered', () => {
    const moment = fc.integer({ min: 0, max: 40 }).map((n): Instant => instant(n))
    const steps = fc.array(fc.record({ at: moment, by: fc.integer({ min: 0, max: 9 }) })).map(fromChanges)
    fc.assert(
      fc.property(steps, steps, moment, fc.integer({ min: 1, max: 20 }), (delivered, used, start, length) => {
        const window = { start, until: instant(start + length) }
        const one = pool('h100', delivered)
        const expected =
          expectUse([one], new Map([[one.pool.id, used]]), window).get(one.pool.id)?.used ?? ZERO
        expect(integral(expected, window)).toBe(integral(used, window))
        for (let now = 0; now < 60; now++) {
          const here = valueAt(expected, instant(now))
          if (start <= now && now < window.until) expect(here).toBe(valueAt(used, instant(now)))
          else expect(here).toBeLessThanOrEqual(valueAt(delivered, instant(now)))
        }
      }),
    )
  })
})
