import { expect, test } from 'vitest'
import type { Instant } from '../base/instant.ts'
import { HOUR_MS, instant, MINUTE_MS } from '../base/instant.ts'
import type { DatedOutage } from '../capacity/outage-plan.ts'
import { at } from '../testing/dates.ts'
import { aBusyPortfolio } from '../testing/portfolio.ts'
import { aPool, domains } from '../testing/scene.ts'
import { OutageObserver } from './outage-observer.ts'
import { playPortfolio } from './play.ts'

test('an outage is told with what it took, whom it stopped, and when they ran again', () => {
  const scene = aPool([domains(2)])
  scene.submit('saves', { each: 8, checkpointMinutes: 30 })
  scene.submit('saves nothing', { each: 4 })
  scene.pass(45)
  scene.tell({ kind: 'beginOutage', outageId: 'all', of: { kind: 'pool', poolId: 'main' } })
  scene.pass(60)
  scene.tell({ kind: 'endOutage', outageId: 'all' })
  scene.pass(5)
  const observer = new OutageObserver()
  for (const event of scene.history) observer.observe(event)
  expect(observer.finish(scene.now)).toEqual([
    {
      id: 'all',
      of: { kind: 'pool', poolId: 'main' },
      from: 45 * MINUTE_MS,
      until: 105 * MINUTE_MS,
      accelerators: 16,
      outHours: 16,
      gangsStopped: 2,
      lostHours: (8 * 15 + 4 * 45) / 60,
      restarted: 2,
      meanHoursToRestart: 1,
    },
  ])
})

test('one that was announced says since when, and one that still holds does not end', () => {
  const scene = aPool([domains(1)])
  scene.tell({
    kind: 'drain',
    outageId: 'works',
    of: { kind: 'pool', poolId: 'main' },
    by: instant(HOUR_MS),
  })
  scene.pass(90)
  const observer = new OutageObserver()
  for (const event of scene.history) observer.observe(event)
  const [effect] = observer.finish(scene.now)
  expect(effect).toMatchObject({ announced: 0, from: HOUR_MS, outHours: 4, gangsStopped: 0 })
  expect(effect?.until).toBeUndefined()
})

test('a portfolio played with an outage more tells what it did, and leaves all before it as it was', () => {
  const from: Instant = at('2026-03-09')
  const outage: DatedOutage = {
    kind: 'dated',
    of: { kind: 'provider', provider: 'north' },
    start: from,
    until: at('2026-03-10'),
    announcedMs: 0,
  }
  const played = (outages: readonly DatedOutage[]) => {
    const before: string[] = []
    const result = playPortfolio(aBusyPortfolio(), {
      outages,
      observe: (event) => event.at < from && before.push(JSON.stringify(event)),
    })
    return { before, effects: result.ok ? result.value.outages : [] }
  }
  const [without, withOutage] = [played([]), played([outage])]
  expect(withOutage.before).toEqual(without.before)
  expect(without.effects).toEqual([])
  expect(withOutage.effects).toMatchObject([{ from, until: at('2026-03-10') }])
  expect(withOutage.effects[0]?.gangsStopped).toBeGreaterThan(0)
})
