import { expect, test } from 'vitest'
import type { AllocationEvent } from '../allocation/events.ts'
import { BACKFILL } from '../allocation/policies/backfill.ts'
import { FIFO } from '../allocation/policies/fifo.ts'
import { HOUR_MS, type Instant, instant } from '../base/instant.ts'
import type { FleetPool } from '../capacity/fleet.ts'
import { poolOf } from '../capacity/pool.ts'
import type { Job } from '../demand/job.ts'
import { aGang, type GangLike } from '../testing/gang.ts'
import { type Replay, replayTrace } from './replay.ts'
import type { RunStatistics } from './run-statistics.ts'

const POOL = poolOf({ provider: 'own', region: 'here', hardware: 'gpu', fabric: 'default' })

function hour(hours: number): Instant {
  return instant(hours * HOUR_MS)
}

/** One node with so many accelerators. */
function aPool(accelerators: number, dates: Partial<FleetPool> = {}): FleetPool {
  const group = { domains: 1, nodesPerDomain: 1, acceleratorsPerNode: accelerators, domainsPerBlock: 1 }
  return { pool: POOL, groups: [group], cpuCores: 0, ...dates }
}

function aJob(id: string, submitted: number, hours: number, like: GangLike = {}): Job {
  return { gang: aGang(id, like), submitted: hour(submitted), workMs: hours * HOUR_MS }
}

function replay(parts: Partial<Replay>): { statistics: RunStatistics; starts: Record<string, number> } {
  const starts: Record<string, number> = {}
  const observe = (event: AllocationEvent): void => {
    if (event.kind === 'placed') starts[event.gangId] = event.at / HOUR_MS
  }
  const whole: Replay = { pools: [aPool(4)], jobs: [], policy: BACKFILL, durations: 'known', ...parts }
  return { statistics: replayTrace({ ...whole, observe }), starts }
}

test('waits, completions, use and makespan of a trace that can be reckoned by hand', () => {
  const jobs = [
    aJob('a', 10, 4, { members: 3 }),
    aJob('b', 11, 2, { members: 2 }),
    aJob('c', 12, 2, { members: 2 }),
  ]
  const { statistics, starts } = replay({ jobs })
  expect(starts).toEqual({ a: 10, b: 14, c: 14 })
  expect(statistics).toMatchObject({
    gangs: 3,
    started: 3,
    finished: 3,
    waitHours: { mean: 5 / 3, p50: 2, p99: 3 },
    completionHours: { mean: 13 / 3, p50: 4, p99: 5 },
    makespanHours: 6,
    acceleratorHours: 20,
    utilisation: 20 / 24,
  })
})

const QUEUE = [
  aJob('runs', 0, 6, { members: 3 }),
  aJob('head', 1, 1, { members: 4 }),
  aJob('short', 2, 4),
  aJob('long', 3, 9),
]

test('with known durations a job passes that is over before the first would start, and none that is not', () => {
  expect(replay({ jobs: QUEUE }).starts).toEqual({ runs: 0, short: 2, head: 6, long: 7 })
})

test('with stated limits alone nobody knows when anybody ends, so that nobody passes', () => {
  expect(replay({ jobs: QUEUE, durations: 'stated' }).starts).toEqual({ runs: 0, head: 6, short: 7, long: 7 })
})

test('by first come, first served nobody passes', () => {
  expect(replay({ jobs: QUEUE, policy: FIFO }).starts).toEqual({ runs: 0, head: 6, short: 7, long: 7 })
})

test('machines come and go at their dates; a job that is thrown out starts anew elsewhere', () => {
  const other = { ...POOL, id: 'other' }
  const pools = [aPool(4, { until: hour(3) }), { ...aPool(4, { from: hour(5) }), pool: other }]
  const { statistics, starts } = replay({ pools, jobs: [aJob('j', 1, 4)] })
  expect(starts).toEqual({ j: 5 })
  expect(statistics).toMatchObject({ evictions: 1, finished: 1, completionHours: { mean: 8 } })
})

test('machines whose date is before the trace are there from its start', () => {
  const { starts } = replay({ pools: [aPool(4, { from: hour(-100) })], jobs: [aJob('j', 1, 4)] })
  expect(starts).toEqual({ j: 1 })
})

test('the trace is told of by the share of jobs that have been submitted, up to all', () => {
  const shares: number[] = []
  const jobs = Array.from({ length: 9_000 }, (_, n) => aJob(`j${n}`, n, 0.5))
  replayTrace({
    pools: [aPool(4)],
    jobs,
    policy: FIFO,
    durations: 'stated',
    progress: (share) => shares.push(share),
  })
  expect(shares).toEqual([0, 4_096 / 9_000, 8_192 / 9_000, 1])
})
