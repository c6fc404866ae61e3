import { expect, it } from 'vitest'
import { HARDWARE } from '../base/hardware-facts.ts'
import { DAY_MS, later } from '../base/instant.ts'
import { prng } from '../base/prng.ts'
import { integral, valueAt } from '../base/step-function.ts'
import { at, spanOf } from '../testing/dates.ts'
import { drawJobs } from './draw-jobs.ts'
import { forecastDemand, playedDemand } from './forecast.ts'
import { ANYWHERE, acceleratorsOf } from './gang.ts'
import { PHILLY_2017 } from './profiles/philly-2017.ts'
import type { Service } from './service.ts'
import type { Workload, WorkloadProfile } from './workload.ts'

const YEAR = spanOf('2026-01-01', '2027-01-01')

/** Jobs of 4 or 16 accelerators that run for an hour. */
const EVEN: WorkloadProfile = {
  id: 'even',
  source: 'a test',
  sizes: [
    { accelerators: 4, share: 0.5 },
    { accelerators: 16, share: 0.5 },
  ],
  durations: [{ upToAccelerators: 16, seconds: { at: [0, 1], values: [3600, 3600] } }],
  gaps: [{ upToRate: 10, gaps: { at: [0, 1], values: [1, 1] } }],
  hourOfDay: Array.from({ length: 24 }, () => 1),
  dayOfWeek: Array.from({ length: 7 }, () => 1),
}

function workload(parts: Partial<Workload>): Workload {
  return {
    id: 'research',
    tenant: 'lab',
    priority: 0,
    profile: EVEN,
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

function busyAt(parts: Partial<Workload>, moment: string): number {
  const { workloads } = forecastDemand(
    { workloads: [workload(parts)], services: [], hardware: HARDWARE, window: YEAR },
    YEAR,
  )
  return valueAt(workloads, at(moment))
}

it('keeps busy what arrives in an hour where every job runs for an hour', () => {
  // 240 a day are 10 an hour, of 10 accelerators each.
  expect(busyAt({}, '2026-06-01')).toBe(100)
})

it('doubles with the number of jobs, with their size and with the slowness of their hardware', () => {
  expect(busyAt({ jobsPerDay: 480 }, '2026-06-01')).toBe(200)
  expect(busyAt({ sizeScale: 2 }, '2026-06-01')).toBe(200)
  expect(busyAt({ accepts: [{ hardware: 'h100', speed: 0.5 }] }, '2026-06-01')).toBe(200)
})

it('grows from its own start, or from the window’s', () => {
  const growing = { growthPerYear: 1, active: spanOf('2025-01-01', '2026-10-01') }
  expect(busyAt(growing, '2026-01-01')).toBe(200)
  expect(busyAt(growing, '2026-07-02')).toBe(282)
  expect(busyAt({ growthPerYear: 1 }, '2026-07-02')).toBe(141)
})

it('follows its levels', () => {
  const levels = [{ from: at('2026-06-01'), factor: 0.5 }]
  expect(busyAt({ levels }, '2026-05-31')).toBe(100)
  expect(busyAt({ levels }, '2026-06-01')).toBe(50)
})

it('rises from the first job on and falls after the last one, as long as jobs run', () => {
  const hourly = { active: spanOf('2026-03-01T00:00', '2026-03-01T04:00') }
  const busy = ['2026-03-01T00:00', '2026-03-01T01:00', '2026-03-01T04:00', '2026-03-01T05:00'].map(
    (moment) => busyAt(hourly, moment),
  )
  expect(busy).toEqual([0, 100, 100, 0])
})

it('does not take one large job for a stream of them', () => {
  const months: WorkloadProfile = {
    ...EVEN,
    sizes: [{ accelerators: 1024, share: 1 }],
    durations: [{ upToAccelerators: 1024, seconds: { at: [0, 1], values: [50 * 86_400, 50 * 86_400] } }],
  }
  const flagship = { profile: months, jobsPerDay: 24, active: spanOf('2026-03-01T00:00', '2026-03-01T01:00') }
  const dates = ['2026-02-28', '2026-03-01T01:00', '2026-04-01', '2026-04-20', '2026-04-22']
  expect(dates.map((moment) => busyAt(flagship, moment))).toEqual([0, 1024, 1024, 1024, 0])
})

it('asks for the accelerators of every replica that a service wants', () => {
  const service: Service = {
    id: 'chat',
    tenant: 'lab',
    priority: 0,
    replica: {
      members: 2,
      acceleratorsPerMember: 8,
      accepts: [{ hardware: 'h100', speed: 1 }],
      within: ANYWHERE,
      warmUpMs: 0,
      drainMs: 0,
    },
    demand: {
      kind: 'steps',
      steps: [
        { at: at('2026-02-01'), replicas: 3 },
        { at: at('2026-03-01'), replicas: 0 },
      ],
    },
  }
  const { services, total } = forecastDemand(
    { workloads: [workload({})], services: [service], hardware: HARDWARE, window: YEAR },
    YEAR,
  )
  expect([
    valueAt(services, at('2026-01-31')),
    valueAt(services, at('2026-02-01')),
    valueAt(services, at('2026-03-01')),
  ]).toEqual([0, 48, 0])
  expect(valueAt(total, at('2026-02-15'))).toBe(148)
})

it('is what drawn jobs keep busy on average, within a tenth over 20 weeks', () => {
  const span = { start: at('2026-01-05'), until: later(at('2026-01-05'), 140 * DAY_MS) }
  const measured = workload({ profile: PHILLY_2017, jobsPerDay: 800 })
  const jobs = drawJobs(measured, span, { prng: prng('forecast'), hardware: HARDWARE })
  const drawn = jobs.reduce((sum, { gang, workMs }) => sum + acceleratorsOf(gang) * workMs, 0)
  const forecast = forecastDemand(
    { workloads: [measured], services: [], hardware: HARDWARE, window: span },
    span,
  )
  const ratio = Number(integral(forecast.workloads, span)) / drawn
  expect(ratio).toBeGreaterThan(0.9)
  expect(ratio).toBeLessThan(1.1)
})

it('grows from the same moment as drawn jobs do, with dates of its own and without', () => {
  const span = spanOf('2026-01-05', '2026-02-02')
  for (const active of [undefined, spanOf('2024-01-05', '2027-01-05'), spanOf('2026-01-12', '2026-01-26')]) {
    const growing = workload({ growthPerYear: 9, ...(active && { active }) })
    const jobs = drawJobs(growing, span, { prng: prng('growth'), hardware: HARDWARE })
    const drawn = jobs.reduce((sum, { gang, workMs }) => sum + acceleratorsOf(gang) * workMs, 0)
    const sources = { workloads: [growing], services: [], hardware: HARDWARE, window: span }
    const ratio = Number(integral(playedDemand(sources).workloads, span)) / drawn
    // The days of a year hold a tenfold: a start that differs by two weeks alone would show.
    expect(Math.abs(ratio - 1)).toBeLessThan(0.03)
  }
})
