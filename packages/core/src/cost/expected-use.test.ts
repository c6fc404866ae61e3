import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HARDWARE } from '../base/hardware-facts.ts'
import type { Instant } from '../base/instant.ts'
import { instant } from '../base/instant.ts'
import { constant, fromChanges, integral, type StepFunction, valueAt, ZERO } from '../base/step-function.ts'
import { poolOf } from '../capacity/pool.ts'
import type { PoolTimeline } from '../capacity/timeline.ts'
import { ANYWHERE } from '../demand/gang.ts'
import type { Service } from '../demand/service.ts'
import type { QuantileTable, Workload, WorkloadProfile } from '../demand/workload.ts'
import { at, spanOf } from '../testing/dates.ts'
import { expectUse } from './expected-use.ts'

const WINDOW = spanOf('2026-02-01', '2026-03-01')
const NOBODY = { workloads: [], services: [], hardware: [], window: WINDOW }
const YEAR = spanOf('2026-01-01', '2027-01-01')

function pool(hardware: string, delivered: StepFunction): PoolTimeline {
  const key = poolOf({ provider: 'north', region: 'r', hardware, fabric: 'default' })
  return { pool: key, promised: delivered, delivered, cpuCores: ZERO }
}

const h100 = pool('h100', constant(100, YEAR))
/** Replicas of one accelerator each on H100, step by step. */
function service(steps: readonly [string, number][]): Service {
  return {
    id: 's',
    tenant: 't',
    priority: 0,
    replica: {
      members: 1,
      acceleratorsPerMember: 1,
      accepts: [{ hardware: 'h100', speed: 1 }],
      within: ANYWHERE,
      warmUpMs: 0,
      drainMs: 0,
    },
    demand: { kind: 'steps', steps: steps.map(([from, replicas]) => ({ at: at(from), replicas })) },
  }
}

/** Ten jobs of four accelerators arrive in an hour and run for one. */
function hourly(parts: Partial<Workload>): Workload {
  return {
    id: 'research',
    tenant: 't',
    priority: 0,
    profile: profileOf({ at: [0, 1], values: [3600, 3600] }),
    jobsPerDay: 240,
    sizeScale: 1,
    growthPerYear: 0,
    accepts: [{ hardware: 'h100', speed: 1 }],
    within: ANYWHERE,
    restartMs: 0,
    reclaimable: true,
    statesLimit: false,
    ...parts,
  }
}

function profileOf(seconds: QuantileTable): WorkloadProfile {
  return {
    id: 'even',
    source: 'a test',
    sizes: [{ accelerators: 4, share: 1 }],
    durations: [{ upToAccelerators: 4, seconds }],
    gaps: [{ upToRate: 10, gaps: { at: [0, 1], values: [1, 1] } }],
    hourOfDay: Array.from({ length: 24 }, () => 1),
    dayOfWeek: Array.from({ length: 7 }, () => 1),
  }
}

const level = (use: StepFunction | undefined, moment: string): number => (use ? valueAt(use, at(moment)) : 0)

describe('the use that must be supposed', () => {
  it('is what was metered within the window, and the same part of the capacity before and after it', () => {
    const used = fromChanges([
      { at: at('2026-02-01'), by: 20 },
      { at: at('2026-02-15'), by: 20 },
      { at: at('2026-03-01'), by: -40 },
    ])
    const found = expectUse([h100], new Map([[h100.pool.id, used]]), NOBODY).get(h100.pool.id)
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
    const found = expectUse([h100, b200], used, NOBODY)
    expect(level(found.get(h100.pool.id)?.used, '2026-06-01')).toBe(20)
    expect(level(found.get(b200.pool.id)?.used, '2026-06-01')).toBe(9)
  })

  it('is rounded to whole accelerators, half up', () => {
    const three = pool('h100', constant(3, YEAR))
    const used = new Map([[three.pool.id, constant(1, spanOf('2026-02-01', '2026-02-22'))]])
    // One of three for three of four weeks: a quarter of three is 0.75.
    expect(level(expectUse([three], used, NOBODY).get(three.pool.id)?.used, '2026-06-01')).toBe(1)
  })

  it('follows all pools together where a pool was not there, and is then assumed', () => {
    const b200 = pool('b200', constant(40, spanOf('2026-06-01', '2027-01-01')))
    const used = new Map([[h100.pool.id, constant(25, WINDOW)]])
    const found = expectUse([h100, b200], used, NOBODY).get(b200.pool.id)
    expect([level(found?.used, '2026-07-01'), found?.basis]).toEqual([10, 'assumed'])
  })

  it('is all that there is where nothing was measured at all', () => {
    const b200 = pool('b200', constant(40, spanOf('2026-06-01', '2027-01-01')))
    const found = expectUse([b200], new Map(), NOBODY).get(b200.pool.id)
    expect([level(found?.used, '2026-07-01'), found?.basis]).toEqual([40, 'assumed'])
  })

  describe('where workloads and services state what they ask for', () => {
    const measured = new Map([[h100.pool.id, constant(40, WINDOW)]])
    const supposed = (steps: readonly [string, number][], pools = [h100], used = measured) =>
      expectUse(pools, used, { ...NOBODY, services: [service(steps)] })
    const levels = (steps: readonly [string, number][], ...moments: string[]) => {
      const found = supposed(steps).get(h100.pool.id)
      return [...moments.map((moment) => level(found?.used, moment)), found?.basis]
    }

    it('rises and falls with it', () => {
      const steps: [string, number][] = [
        ['2026-01-01', 50],
        ['2026-04-01', 25],
        ['2026-05-01', 0],
        ['2026-06-01', 75],
      ]
      const moments = ['2026-03-10', '2026-04-10', '2026-05-10', '2026-06-10']
      expect(levels(steps, ...moments)).toEqual([40, 20, 0, 60, 'forecast'])
    })

    it('rises no further than what there is', () => {
      expect(
        levels(
          [
            ['2026-01-01', 10],
            ['2026-04-01', 900],
          ],
          '2026-04-10',
        ),
      ).toEqual([100, 'forecast'])
      expect(
        levels(
          [
            ['2026-01-01', 50],
            ['2026-04-01', 100],
          ],
          '2026-04-10',
        ),
      ).toEqual([80, 'forecast'])
    })

    it('goes by the mean of each month', () => {
      expect(
        levels(
          [
            ['2026-01-01', 50],
            ['2026-04-16', 100],
          ],
          '2026-04-10',
        ),
      ).toEqual([60, 'forecast'])
    })

    it('is as much as demand fills where nothing was asked for within the window', () => {
      expect(levels([['2026-04-01', 30]], '2026-03-10', '2026-04-10')).toEqual([0, 30, 'assumed'])
    })

    describe('is shared by the pools that it accepts', () => {
      const south = { ...h100, pool: { ...h100.pool, id: 'south' } }
      const both = (southUsed: number, ...steps: [string, number][]): number[] => {
        const used = new Map([...measured, ['south', constant(southUsed, WINDOW)]])
        const found = supposed([['2026-01-01', 40 + southUsed], ...steps], [h100, south], used)
        return [h100.pool.id, 'south'].map((id) => level(found.get(id)?.used, '2026-04-10'))
      }

      it('as it was, where nothing changes', () => {
        expect(both(10)).toEqual([40, 10])
      })

      it('in the same measure, where it falls', () => {
        expect(both(10, ['2026-04-01', 25])).toEqual([20, 5])
      })

      it('by the room that each has left, where it grows', () => {
        // 50 more on 60 and 90 that are free.
        expect(both(10, ['2026-04-01', 100])).toEqual([60, 40])
        expect(both(10, ['2026-04-01', 200])).toEqual([100, 100])
      })

      it('also by one that was idle, as soon as it grows', () => {
        expect(both(0, ['2026-04-01', 120])).toEqual([70, 50])
      })

      it('with one that comes later, without asking for more', () => {
        const later = { ...south, delivered: constant(300, spanOf('2026-04-01', '2027-01-01')) }
        const found = supposed([['2026-01-01', 50]], [h100, later])
        expect(level(found.get(h100.pool.id)?.used, '2026-03-10')).toBe(40)
        // 40 of the 50 asked for were used: 40 of 400 again.
        expect([h100.pool.id, 'south'].map((id) => level(found.get(id)?.used, '2026-04-10'))).toEqual([
          10, 30,
        ])
        expect(found.get('south')?.basis).toBe('assumed')
      })
    })

    it('ends where a workload ends, and grows with it up to what there is', () => {
      const of = (parts: Partial<Workload>, ...moments: string[]): number[] => {
        const measured = new Map([[h100.pool.id, constant(60, WINDOW)]])
        const found = expectUse([h100], measured, {
          ...NOBODY,
          hardware: HARDWARE,
          workloads: [hourly(parts)],
        })
        return moments.map((moment) => level(found.get(h100.pool.id)?.used, moment))
      }
      expect(of({ active: spanOf('2026-01-01', '2026-06-01') }, '2026-05-31', '2026-07-01')).toEqual([60, 0])
      expect(of({ growthPerYear: 99 }, '2026-12-15')).toEqual([100])
      expect(of({ growthPerYear: -0.9 }, '2026-12-15')[0]).toBeLessThan(15)
    })

    it('is set against what was asked for as the window was played: nothing ran before its start', () => {
      const weeks = { at: [0, 1], values: [14, 14].map((days) => days * 86_400) }
      const long = hourly({ jobsPerDay: 10 / 14, profile: profileOf(weeks) })
      // Ten jobs of four at once, which take half of the window to get there: three quarters of 40 within it.
      const used = new Map([[h100.pool.id, constant(30, WINDOW)]])
      const found = expectUse([h100], used, { ...NOBODY, hardware: HARDWARE, workloads: [long] })
      expect(Math.abs(level(found.get(h100.pool.id)?.used, '2026-06-10') - 40)).toBeLessThanOrEqual(1)
    })

    it('leaves alone what it does not accept', () => {
      const b200 = pool('b200', constant(40, YEAR))
      const used = new Map([...measured, [b200.pool.id, constant(20, WINDOW)]])
      const found = supposed(
        [
          ['2026-01-01', 50],
          ['2026-04-01', 0],
        ],
        [h100, b200],
        used,
      ).get(b200.pool.id)
      expect(level(found?.used, '2026-04-10')).toBe(20)
    })
  })

  it('falls nowhere where more is asked for, and is never more than there is', () => {
    const level = fc.integer({ min: 0, max: 300 })
    const months = ['2026-01-01', '2026-03-01', '2026-04-01', '2026-05-01', '2026-06-01']
    const demand = fc.tuple(level, fc.array(fc.tuple(level, level), { minLength: 5, maxLength: 5 }))
    const use = fc.integer({ min: 0, max: 100 })
    fc.assert(
      fc.property(demand, use, use, use, ([within, outside], first, second, size) => {
        const other = pool('h100', constant(size, spanOf('2026-02-10', '2026-11-01')))
        const south = { ...other, pool: { ...other.pool, id: 'south' } }
        const used = new Map([
          [h100.pool.id, constant(first, WINDOW)],
          ['south', constant(Math.min(second, size), spanOf('2026-02-10', '2026-03-01'))],
        ])
        const levels = (also: number): [string, number][] => [
          ...months.map((from, n): [string, number] => {
            const [base, more] = outside[n] ?? [0, 0]
            return [from, base + also * more]
          }),
          ['2026-02-01', within],
        ]
        const of = (steps: [string, number][]) =>
          expectUse([h100, south], used, { ...NOBODY, services: [service(steps)] })
        const [less, more] = [of(levels(0)), of(levels(1))]
        for (const { pool, delivered } of [h100, south])
          for (const moment of ['2026-01-20', '2026-03-20', '2026-04-20', '2026-05-20', '2026-12-20']) {
            const found = [less, more]
              .map((uses) => uses.get(pool.id)?.used)
              .map((f) => valueAt(f ?? ZERO, at(moment)))
            expect(found).toEqual(
              found.map((value) => Math.min(Math.max(0, value), valueAt(delivered, at(moment)))),
            )
            expect(found[1]).toBeGreaterThanOrEqual(found[0] ?? 0)
          }
      }),
    )
  })

  it('is never more than there is, and within the window exactly what was metered', () => {
    const moment = fc.integer({ min: 0, max: 40 }).map((n): Instant => instant(n))
    const steps = fc.array(fc.record({ at: moment, by: fc.integer({ min: 0, max: 9 }) })).map(fromChanges)
    fc.assert(
      fc.property(steps, steps, moment, fc.integer({ min: 1, max: 20 }), (delivered, used, start, length) => {
        const window = { start, until: instant(start + length) }
        const one = pool('h100', delivered)
        const expected =
          expectUse([one], new Map([[one.pool.id, used]]), { ...NOBODY, window }).get(one.pool.id)?.used ??
          ZERO
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
