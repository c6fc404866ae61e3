import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AllocationEvent } from '../allocation/events.ts'
import { HOUR_MS, instant, later } from '../base/instant.ts'
import { allocationHistories, HISTORY } from '../testing/allocation-history.ts'
import { aGang } from '../testing/gang.ts'
import { aPool, domains, type Scene } from '../testing/scene.ts'
import { recountStatistics } from '../testing/statistics-recount.ts'
import type { RunStatistics } from './run-statistics.ts'
import { StatisticsObserver } from './statistics-observer.ts'

function statisticsOf(events: readonly AllocationEvent[], until = HISTORY.until): RunStatistics {
  const observer = new StatisticsObserver()
  for (const event of events) observer.observe(event)
  return observer.finish(until)
}

/** The same numbers up to the last digits, which depend on the order of adding. */
function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, item) => {
      if (item === Number.POSITIVE_INFINITY) return 'infinite'
      return typeof item === 'number' ? Number(item.toPrecision(9)) : item
    }),
  )
}

test('whatever happened, the statistics are those of a recount that reads every life whole', () => {
  fc.assert(
    fc.property(allocationHistories(), fc.nat(50), (events, hours) => {
      fc.pre(events.some(({ kind }) => kind === 'submitted'))
      const last = events.at(-1)?.at ?? HISTORY.start
      const until = later(last, hours * HOUR_MS)
      expect(rounded(statisticsOf(events, until))).toEqual(rounded(recountStatistics(events, until)))
    }),
    { numRuns: 200 },
  )
})

describe('on a small stage', () => {
  /** Everything that happened, until so many hours. */
  function watched(scene: Scene, hours: number): RunStatistics {
    return statisticsOf(scene.history, instant(hours * HOUR_MS))
  }

  test('nothing comes of nothing', () => {
    const nothing = statisticsOf([])
    expect(nothing).toMatchObject({ gangs: 0, utilisation: 0, fairness: 1, makespanHours: 0 })
    expect(nothing.waitHours).toEqual({ mean: 0, p50: 0, p99: 0 })
  })

  test('time counts from the first submission on, whatever was there before', () => {
    const scene = aPool([domains(1)])
    scene.pass(600)
    scene.submit('g', { members: 4 })
    scene.pass(60)
    scene.finish('g')
    expect(watched(scene, 12)).toMatchObject({ utilisation: 0.25, acceleratorHours: 4, makespanHours: 1 })
  })

  test('an evicted gang waits again, but what it waited for its first start is told once', () => {
    const scene = aPool([domains(2)])
    scene.submit('g', { members: 8 })
    scene.submit('other', { members: 8 })
    scene.pass(60)
    scene.failNode(1)
    scene.pass(60)
    scene.finish('g')
    const statistics = watched(scene, 2)
    expect(statistics).toMatchObject({ evictions: 1, nodeFailures: 1, started: 2, running: 1, waiting: 0 })
    expect(statistics.waitHours.mean).toBe(0)
  })

  test('what is free while a gang waits is stranded as far as the gang would fill it', () => {
    const scene = aPool([domains(2)])
    for (const id of ['a', 'b']) scene.submit(id, { members: 1, each: 5 })
    scene.submit('c', { members: 1, each: 6 })
    scene.pass(60)
    expect(watched(scene, 1)).toMatchObject({ utilisation: 10 / 16, fragmentation: 6 / 16 })
  })

  test('a node that has failed is not in service', () => {
    const scene = aPool([domains(2)])
    scene.submit('g', { members: 8 })
    scene.failNode(1)
    scene.pass(60)
    expect(watched(scene, 1).utilisation).toBe(1)
  })

  test('tenants that are slowed alike are treated fairly', () => {
    const scene = aPool([domains(2)])
    for (const tenant of ['x', 'y']) scene.submit(tenant, { tenant, members: 8 })
    scene.pass(60)
    scene.finish('x', 'y')
    expect(watched(scene, 1)).toMatchObject({ fairness: 1 })
  })
})

test('gangs that were refused are counted by their cause', () => {
  const refused = (command: 'submit' | 'cancel', because: 'malformed' | 'unknownGang'): AllocationEvent => ({
    kind: 'refused',
    at: instant(0),
    command,
    subject: 'g',
    because,
  })
  const events = [
    refused('submit', 'malformed'),
    refused('submit', 'malformed'),
    refused('cancel', 'unknownGang'),
  ]
  expect(statisticsOf(events)).toMatchObject({ refused: 3, refusedGangs: { malformed: 2 } })
})

test('changes of size and moves are counted, and count as no start', () => {
  const at = instant(0)
  const gang = aGang('g')
  const parts = [{ role: 'worker', poolId: 'main', runs: [{ first: 0, nodes: 1, each: 4 }], cpuCores: 0 }]
  const changed = { at, gangId: 'g', parts, borrowed: 0 }
  const events: AllocationEvent[] = [
    { kind: 'submitted', at, gang },
    { kind: 'placed', ...changed },
    { kind: 'resized', ...changed, lostMs: 0 },
    { kind: 'resized', ...changed, lostMs: 0 },
    { kind: 'moved', ...changed, lostMs: 0 },
  ]
  expect(statisticsOf(events)).toMatchObject({ started: 1, resizes: 2, moves: 1 })
})
