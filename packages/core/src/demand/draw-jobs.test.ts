import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HARDWARE } from '../base/hardware-facts.ts'
import { DAY_MS, HOUR_MS, instant } from '../base/instant.ts'
import { prng } from '../base/prng.ts'
import { drawJobs, jobsInOrder } from './draw-jobs.ts'
import { ANYWHERE, acceleratorsOf } from './gang.ts'
import { MURI_2022 } from './profiles/muri-2022.ts'
import { PHILLY_2017 } from './profiles/philly-2017.ts'
import type { Workload } from './workload.ts'

const MONDAY = instant(Date.UTC(2026, 0, 5))
const WORKLOAD: Workload = {
  id: 'research',
  tenant: 'lab',
  priority: 2,
  profile: PHILLY_2017,
  jobsPerDay: 400,
  sizeScale: 1,
  growthPerYear: 0,
  accepts: [{ hardware: 'h100', speed: 1 }],
  within: ANYWHERE,
  restartMs: 60_000,
  reclaimable: true,
  statesLimit: false,
}

function days(from: number, until: number) {
  return { start: instant(MONDAY + from * DAY_MS), until: instant(MONDAY + until * DAY_MS) }
}

function drawing(seed: number) {
  return { prng: prng(seed), hardware: HARDWARE }
}

test('one seed gives the same jobs each time, another gives others', () => {
  const jobs = drawJobs(WORKLOAD, days(0, 14), drawing(1))
  expect(drawJobs(WORKLOAD, days(0, 14), drawing(1))).toEqual(jobs)
  expect(drawJobs(WORKLOAD, days(0, 14), drawing(2))).not.toEqual(jobs)
})

test('jobs come in order of time, within the window, each with an id of its own and work to do', () => {
  const jobs = drawJobs(WORKLOAD, days(0, 28), drawing(3))
  const times = jobs.map(({ submitted }) => submitted)
  expect(times).toEqual([...times].sort((a, b) => a - b))
  expect(times.every((at) => at >= MONDAY && at < MONDAY + 28 * DAY_MS)).toBe(true)
  expect(new Set(jobs.map(({ gang }) => gang.id)).size).toBe(jobs.length)
  expect(jobs.every(({ workMs }) => Number.isInteger(workMs) && workMs >= 1)).toBe(true)
})

test('gangs are called as their workload is, so that how long they last is learnt beside it', () => {
  const names = drawJobs(WORKLOAD, days(0, 7), drawing(3)).map(({ gang }) => gang.name)
  expect(new Set(names)).toEqual(new Set(['research']))
})

test('any window holds the jobs that a longer one has there', () => {
  const whole = drawJobs(WORKLOAD, days(0, 21), drawing(4))
  fc.assert(
    fc.property(fc.nat(21 * 24 * 60), fc.nat(3 * 24 * 60), (from, length) => {
      const start = instant(MONDAY + from * 60_000)
      const window = { start, until: instant(Math.min(start + length * 60_000, MONDAY + 21 * DAY_MS)) }
      const inWindow = whole.filter(({ submitted }) => submitted >= window.start && submitted < window.until)
      expect(drawJobs(WORKLOAD, window, drawing(4))).toEqual(inWindow)
    }),
    { numRuns: 40 },
  )
})

test('years can be begun without being drawn to their end', () => {
  const first = jobsInOrder(WORKLOAD, days(0, 7 * 365), drawing(5)).next()
  expect(first.done).toBe(false)
})

test('as many jobs come per day as were asked for', () => {
  const jobs = drawJobs(WORKLOAD, days(0, 7 * 104), drawing(6))
  expect(jobs.length / (7 * 104) / 400).toBeCloseTo(1, 1)
})

test('growth of 1 per year brings twice the jobs in the second year', () => {
  const steady = { ...WORKLOAD, profile: MURI_2022, growthPerYear: 1 }
  const jobs = drawJobs(steady, days(0, 730), drawing(7))
  const first = jobs.filter(({ submitted }) => submitted < MONDAY + 365 * DAY_MS).length
  expect((jobs.length - first) / first).toBeCloseTo(2, 0)
})

test('a level of 3 brings three times the jobs from its moment on', () => {
  const steady = { ...WORKLOAD, profile: MURI_2022, levels: [{ from: days(70, 71).start, factor: 3 }] }
  const jobs = drawJobs(steady, days(0, 140), drawing(7))
  const first = jobs.filter(({ submitted }) => submitted < days(70, 71).start).length
  expect((jobs.length - first) / first).toBeCloseTo(3, 0)
})

test('a workload asks for nothing outside the time in which it is active', () => {
  const jobs = drawJobs({ ...WORKLOAD, active: days(7, 9) }, days(0, 14), drawing(8))
  expect(jobs.length).toBeGreaterThan(0)
  expect(jobs.every(({ submitted }) => submitted >= days(7, 9).start && submitted < days(7, 9).until)).toBe(
    true,
  )
  expect(drawJobs({ ...WORKLOAD, active: days(30, 40) }, days(0, 14), drawing(8))).toEqual([])
})

test('scaled gangs beyond a node take whole nodes of the smallest node that they accept', () => {
  const accepts = ['h100', 'gb200-nvl72'].map((hardware) => ({ hardware, speed: 1 }))
  const jobs = drawJobs({ ...WORKLOAD, accepts, sizeScale: 3 }, days(0, 60), drawing(9))
  const node = HARDWARE.find(({ id }) => id === 'gb200-nvl72')?.shape.acceleratorsPerNode
  const sizes = new Set(jobs.map(({ gang }) => acceleratorsOf(gang)))
  expect(sizes).toContain(3)
  expect(sizes).toContain(8)
  expect(sizes).toContain(24)
  for (const { gang } of jobs)
    for (const role of gang.roles) expect(role.acceleratorsPerMember).toBeLessThanOrEqual(node ?? 0)
})

test('a stated limit covers the work and exceeds it by no more than a day', () => {
  const jobs = drawJobs({ ...WORKLOAD, statesLimit: true }, days(0, 30), drawing(10))
  for (const { gang, workMs } of jobs) {
    expect(gang.limitMs).toBeGreaterThanOrEqual(workMs)
    expect(gang.limitMs).toBeLessThanOrEqual(workMs + (workMs > DAY_MS ? DAY_MS : HOUR_MS))
  }
})

test('large jobs run as long as large jobs do', () => {
  const jobs = drawJobs({ ...WORKLOAD, jobsPerDay: 2000 }, days(0, 120), drawing(11))
  const median = (sizes: (size: number) => boolean): number => {
    const work = jobs.filter(({ gang }) => sizes(acceleratorsOf(gang))).map(({ workMs }) => workMs)
    return work.sort((a, b) => a - b)[work.length >> 1] ?? 0
  }
  // The medians of the trace: 1,117 s for one accelerator, 23,683 s for eight.
  expect(median((size) => size === 1) / 1_117_000).toBeCloseTo(1, 0)
  expect(median((size) => size === 8) / 23_683_000).toBeCloseTo(1, 0)
})

test('jobs of one hour resemble each other, jobs of different hours do not', () => {
  const profile = { ...MURI_2022, likeness: { sizes: 0.5, durations: 0.8 } }
  const jobs = drawJobs({ ...WORKLOAD, profile, jobsPerDay: 500 }, days(0, 200), drawing(12))
  const hourOf = (at: number): number => Math.floor(at / HOUR_MS)
  const log = jobs.map(({ workMs }) => Math.log(workMs))
  const mean = log.reduce((sum, value) => sum + value, 0) / log.length
  const alike = (isPair: (a: number, b: number) => boolean, lag: number): number => {
    const products = log.slice(lag).flatMap((value, i) => {
      const [a, b] = [jobs[i + lag]?.submitted ?? 0, jobs[i]?.submitted ?? 0]
      return isPair(hourOf(a), hourOf(b)) ? [(value - mean) * ((log[i] ?? 0) - mean)] : []
    })
    const variance = log.reduce((sum, value) => sum + (value - mean) ** 2, 0) / log.length
    return products.reduce((sum, value) => sum + value, 0) / products.length / variance
  }
  expect(alike((a, b) => a === b, 1)).toBeGreaterThan(0.5)
  expect(Math.abs(alike((a, b) => a !== b, 1000))).toBeLessThan(0.1)
})

test('a job asks for as much as the one before it as often as the profile says, and sizes keep their shares', () => {
  const sizes = [1, 2, 4, 8].map((accelerators) => ({ accelerators, share: 0.25 }))
  const profile = { ...MURI_2022, sizes, likeness: { sizes: 0.6, durations: 0 } }
  const jobs = drawJobs({ ...WORKLOAD, profile, jobsPerDay: 5000 }, days(0, 40), drawing(13))
  const drawn = jobs.map(({ gang }) => acceleratorsOf(gang))
  const repeats = drawn.filter((size, i) => size === drawn[i - 1]).length / drawn.length
  // 0.6 by likeness, and a quarter of the rest by coincidence.
  expect(Math.abs(repeats - 0.7)).toBeLessThan(0.02)
  for (const { accelerators } of sizes)
    expect(Math.abs(drawn.filter((size) => size === accelerators).length / drawn.length - 0.25)).toBeLessThan(
      0.02,
    )
})

test('gangs may run with fewer workers or more, start with further roles, and be moved', () => {
  const elastic = { smallest: 0.5, largest: 2, scaling: 0.5, restarts: false, settleMs: 60_000 }
  const needs = { accepts: WORKLOAD.accepts, within: ANYWHERE }
  const roles = [
    {
      name: 'sandbox',
      members: { perWorker: 1.5 },
      acceleratorsPerMember: 0,
      cpuCoresPerMember: 4,
      ...needs,
    },
    { name: 'server', members: { inAll: 2 }, acceleratorsPerMember: 1, cpuCoresPerMember: 0, ...needs },
  ]
  const sized = { ...WORKLOAD, sizeScale: 64, elastic, roles, movable: 'pool' as const }
  const jobs = drawJobs(sized, days(0, 2), drawing(9))
  expect(jobs.every(({ gang }) => gang.movable === 'pool')).toBe(true)
  for (const { gang } of jobs) {
    const [workers, sandboxes, servers] = gang.roles
    if (!workers) expect.fail('there are workers')
    expect([sandboxes?.members, servers?.members]).toEqual([Math.ceil(1.5 * workers.members), 2])
    const sizes = workers.elastic?.sizes ?? []
    expect(sizes.at(0)?.members).toBe(Math.ceil(workers.members / 2))
    expect(sizes.at(-1)?.members).toBe(2 * workers.members)
    expect(sizes.find(({ members }) => members === workers.members)?.speed).toBe(1)
    expect(sizes.length).toBeLessThanOrEqual(66)
  }
})
