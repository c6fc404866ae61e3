import { expect, test } from 'vitest'
import { HOUR_MS } from '../base/instant.ts'
import { acceleratorMs } from '../base/quantity.ts'
import { at } from '../testing/dates.ts'
import { windowYears } from './window-years.ts'

const COUNTED = {
  ...{ gangs: 1, started: 1, finished: 1, evictions: 0, nodeFailures: 0, events: 4 },
  waitHours: { mean: 0, p50: 0, p99: 0 },
}

const hours = (count: number) => acceleratorMs(count, HOUR_MS)

function idleRow(month: string, used: number, broken: number, late: number, noDemand: number) {
  const none = { tooFew: hours(1), fragmented: hours(0), draining: hours(0) }
  return {
    month: at(month),
    poolId: 'p',
    promised: hours(used + broken + late + noDemand + 1),
    beyondPromise: hours(0),
    used: hours(used),
    idle: { ...none, broken: hours(broken), late: hours(late), noDemand: hours(noDemand) },
  }
}

test('a year adds up its months, and what is broken or late is not in service', () => {
  const idle = [
    idleRow('2026-11-01', 30, 5, 7, 9),
    idleRow('2026-12-01', 30, 0, 0, 29),
    idleRow('2027-01-01', 5, 0, 0, 4),
  ]
  const usage = [
    {
      month: at('2026-12-01'),
      tenant: 't',
      poolId: 'p',
      used: hours(30),
      borrowed: hours(0),
      lost: hours(3),
    },
    { month: at('2026-12-01'), tenant: 'u', poolId: 'p', used: hours(1), borrowed: hours(0), lost: hours(1) },
  ]
  const years = windowYears(
    [2026, 2027].map((year) => ({ year, ...COUNTED })),
    usage,
    idle,
  )
  expect(years).toEqual([
    { year: 2026, ...COUNTED, usedHours: 60, utilisation: 0.6, lostHours: 4, brokenHours: 5 },
    { year: 2027, ...COUNTED, usedHours: 5, utilisation: 0.5, lostHours: 0, brokenHours: 0 },
  ])
})
