import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AllocationEvent } from '../allocation/events.ts'
import { FIFO } from '../allocation/policies/fifo.ts'
import { assert } from '../base/assert.ts'
import { DAY_MS, type Instant, instant } from '../base/instant.ts'
import { toHours } from '../base/quantity.ts'
import { integral, valueAt } from '../base/step-function.ts'
import { aBusyPortfolio, anEmptyPortfolio } from '../testing/portfolio.ts'
import { type PlayOptions, playPortfolio } from './play.ts'
import type { Portfolio } from './portfolio.ts'
import type { RunResult } from './run-result.ts'
import type { SimulatorSnapshot } from './simulator.ts'
import { summarise } from './summary.ts'

interface Played {
  readonly events: readonly AllocationEvent[]
  readonly result: RunResult
  readonly summary: string
}

function play(portfolio: Portfolio, options: PlayOptions = {}): Played {
  const events: AllocationEvent[] = []
  const result = playPortfolio(portfolio, { ...options, observe: (event) => events.push(event) })
  assert(result.ok, 'every price is known')
  return { events, result: result.value, summary: JSON.stringify(summarise(result.value)) }
}

const portfolio = aBusyPortfolio()
const whole = play(portfolio)

test('a busy window has all in it that makes a run: quotas at work, deliveries, machines that leave', () => {
  const kinds = new Set(whole.events.map(({ kind }) => kind))
  for (const kind of ['nodesAdded', 'nodesRemoved', 'placed', 'finished', 'evicted', 'reclaimAsked'])
    expect(kinds).toContain(kind)
  expect(whole.result.statistics.finished).toBeGreaterThan(300)
})

test('the same seed gives the same events and the same summary, another seed others', () => {
  const again = play(aBusyPortfolio())
  expect(again.events).toEqual(whole.events)
  expect(again.summary).toBe(whole.summary)
  const other = play(portfolio, { seed: 2 })
  expect(other.result.seed).toBe(2)
  expect(other.events).not.toEqual(whole.events)
  expect(other.summary).not.toBe(whole.summary)
})

describe('from a snapshot taken in the middle of its window, a run goes on to the same events and the same summary', () => {
  const { start, until } = portfolio.window
  const moments = [start, start + 5 * DAY_MS, start + 8.3 * DAY_MS, until]

  test.each(moments)('at %i', (moment) => {
    const { snapshot, before } = stopover(instant(Math.round(moment)))
    const resumed = play(portfolio, { from: { snapshot, events: before } })
    expect(resumed.events).toEqual(whole.events)
    expect(resumed.summary).toBe(whole.summary)
    expect(resumed.result).toEqual(whole.result)
  })
})

/** By way of text, as files would have it. */
function stopover(moment: Instant): { snapshot: SimulatorSnapshot; before: AllocationEvent[] } {
  let text = ''
  const events: AllocationEvent[] = []
  const take = (snapshot: SimulatorSnapshot): void => {
    text = JSON.stringify({ snapshot, before: events })
  }
  const observe = (event: AllocationEvent): void => {
    events.push(event)
  }
  assert(playPortfolio(portfolio, { observe, stopover: { at: moment, take } }).ok, 'every price is known')
  expect(events).toEqual(whole.events)
  return JSON.parse(text)
}

test('machines that come later never give more, at any moment', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 800 }),
      fc.constantFrom('', '/first', '/second'),
      (days, tranche) => {
        const slips = new Map([[`reserved/racks${tranche}`, days * DAY_MS]])
        const { capacity } = play(aBusyPortfolio({ workloads: [], services: [] }), { slips }).result
        for (const [n, { promised, delivered, pool }] of capacity.entries()) {
          const onTime = whole.result.capacity[n]
          assert(onTime?.pool.id === pool.id, 'a slip neither opens pools nor closes them')
          expect(promised).toEqual(onTime.promised)
          for (const moment of [...delivered.times, ...onTime.delivered.times])
            expect(valueAt(delivered, moment)).toBeLessThanOrEqual(valueAt(onTime.delivered, moment))
        }
      },
    ),
    { numRuns: 20 },
  )
})

test('what slips within the window is idle as late, hour by hour', () => {
  const slips = new Map([['reserved/racks/second', 4 * DAY_MS]])
  const slipped = play(portfolio, { slips })
  const late = (played: Played): number => summarise(played.result).usage.idleHours.late ?? 0
  expect(late(whole)).toBe(0)
  expect(late(slipped)).toBe(32 * 4 * 24)
  expect(slipped.result.slips).toBe(slips)
})

test('what was used by pool, by month and tenant, and by statistics is the same time', () => {
  const { result } = whole
  const byPool = [...result.used.values()].map((used) => toHours(integral(used, portfolio.window)))
  const byMonth = result.usage.map(({ used }) => toHours(used))
  const total = (hours: readonly number[]): number => hours.reduce((sum, each) => sum + each, 0)
  expect(total(byPool)).toBeCloseTo(result.statistics.acceleratorHours, 6)
  expect(total(byMonth)).toBeCloseTo(result.statistics.acceleratorHours, 6)
})

test('what was asked for is what ran or waited at every moment', () => {
  const sizes = new Map<string, number>()
  let asked = 0
  for (const [n, event] of whole.events.entries()) {
    if (event.kind === 'submitted') {
      const [role] = event.gang.roles
      sizes.set(event.gang.id, (role?.members ?? 0) * (role?.acceleratorsPerMember ?? 0))
      asked += sizes.get(event.gang.id) ?? 0
    }
    if (event.kind === 'finished' || event.kind === 'cancelled') asked -= sizes.get(event.gangId) ?? 0
    const isLastOfMoment = whole.events[n + 1]?.at !== event.at
    if (isLastOfMoment) expect(valueAt(whole.result.asked, event.at)).toBe(asked)
  }
})

test('progress rises from nothing and never beyond all of the window', () => {
  const shares: number[] = []
  play(portfolio, { progress: (share) => shares.push(share) })
  expect(shares).toHaveLength(14)
  expect(shares[0]).toBe(0)
  expect(shares).toEqual([...shares].sort((a, b) => a - b))
  expect(shares.at(-1)).toBeLessThanOrEqual(1)
})

test('the policy is the one that is asked for', () => {
  const fifo = play(portfolio, { policy: FIFO })
  expect([whole.result.policy, fifo.result.policy]).toEqual(['default', 'fifo'])
  expect(fifo.events).not.toEqual(whole.events)
})

test('nothing signed and nothing asked for comes to nothing', () => {
  const { events, result } = play(anEmptyPortfolio())
  expect(events).toEqual([])
  expect(result.statistics.gangs).toBe(0)
  expect(result.capacity).toEqual([])
  expect(result.concentration.moneyByProvider).toBeUndefined()
})

test('a service asks for its replicas within the window alone', () => {
  const { events } = play(aBusyPortfolio({ workloads: [] }))
  const submitted = events.filter(({ kind }) => kind === 'submitted')
  expect(submitted[0]?.at).toBe(portfolio.window.start)
  for (const event of events) expect(event.at).toBeLessThan(portfolio.window.until)
  expect(submitted.length).toBeGreaterThan(20)
})
