import { expect, test } from 'vitest'
import type { AllocationEvent } from '../allocation/events.ts'
import { HOUR_MS, type Instant, later } from '../base/instant.ts'
import { at } from '../testing/dates.ts'
import { YearObserver } from './year-observer.ts'

function submitted(id: string, moment: Instant): AllocationEvent {
  const gang = { id, tenant: 't', priority: 0, roles: [], restartMs: 0, reclaimable: true }
  return { kind: 'submitted', at: moment, gang }
}

function placed(gangId: string, moment: Instant): AllocationEvent {
  return { kind: 'placed', at: moment, gangId, parts: [], borrowed: 0 }
}

test('each event counts in the year in which it happens, and a wait in the year in which it ends', () => {
  const eve = at('2026-12-31')
  const newYear = at('2027-01-01')
  const years = new YearObserver()
  const events: readonly AllocationEvent[] = [
    submitted('a', eve),
    submitted('b', eve),
    submitted('c', eve),
    placed('a', eve),
    { kind: 'nodeFailed', at: eve, poolId: 'p', node: 1 },
    { kind: 'evicted', at: eve, gangId: 'a', because: 'nodeFailed', keptMs: 0, lostMs: 0 },
    placed('b', newYear),
    placed('a', later(newYear, HOUR_MS)),
    { kind: 'cancelled', at: later(newYear, HOUR_MS), gangId: 'c' },
    { kind: 'finished', at: at('2029-03-01'), gangId: 'a' },
  ]
  for (const event of events) years.observe(event)
  const none = { gangs: 0, started: 0, finished: 0, evictions: 0, nodeFailures: 0 }
  expect(years.finish()).toEqual([
    {
      ...none,
      ...{ year: 2026, gangs: 3, started: 1, evictions: 1, nodeFailures: 1, events: 6 },
      waitHours: { mean: 0, p50: 0, p99: 0 },
    },
    { ...none, year: 2027, started: 1, events: 3, waitHours: { mean: 24, p50: 24, p99: 24 } },
    { ...none, year: 2029, finished: 1, events: 1, waitHours: { mean: 0, p50: 0, p99: 0 } },
  ])
})

test('where nothing happened there are no years', () => {
  expect(new YearObserver().finish()).toEqual([])
})
