import { expect, test } from 'vitest'
import type { Grant } from '../agreements/grant.ts'
import { resolveAgreement } from '../agreements/resolve.ts'
import type { AllocationEvent } from '../allocation/events.ts'
import type { PricedGrant } from '../allocation/money/terms.ts'
import { HOUR_MS, type Instant } from '../base/instant.ts'
import type { AcceleratorMs } from '../base/quantity.ts'
import { fromChanges, type StepFunction, ZERO } from '../base/step-function.ts'
import { usedByGrant } from '../cost/used-by-grant.ts'
import { aLine, anAgreement } from '../testing/agreement.ts'
import { serveInMeritOrder } from '../usage/merit-order.ts'
import { Meter } from '../usage/meter.ts'
import type { Supply } from '../usage/supply.ts'
import { drawHistory } from './histories/draw-history.ts'
import { Simulator } from './simulator.ts'

test('what the allocator counts of each grant is what the charges rest on, in histories of all kinds', () => {
  let compared = 0
  for (let seed = 1; seed <= 200; seed++) compared += compare(`take ${seed}`)
  expect(compared).toBeGreaterThan(100)
})

/** Holds the terms that stand at the end against the whole history, where they stand from the start. */
function compare(seed: string): number {
  const history = drawHistory(seed)
  const events: AllocationEvent[] = []
  const { allocator } = play(history, events)
  const { money, now } = allocator.state
  const set = events.filter(({ kind }) => kind === 'termsSet')
  if (!money || set.length !== 1) return 0
  money.countUntil(now)
  const meter = new Meter(() => {})
  for (const event of events) meter.observe(event)
  meter.cut(now)
  const span = { start: set[0]?.at as Instant, until: now }
  let compared = 0
  for (const poolId of new Set(money.terms.grants.map((grant) => grant.poolId))) {
    const grants = money.terms.grants.filter((grant) => grant.poolId === poolId)
    const cuts = money.terms.takes.flatMap(({ intervals }) => intervals.map(({ start }) => start))
    const { served } = serveInMeritOrder({
      used: meter.usedByPool().get(poolId) ?? ZERO,
      listed: listedIn(grants),
      supplies: grants.flatMap(suppliesOf),
      span,
      cuts,
    })
    for (const [id, expected] of usedByGrant(served, span)) {
      expect([seed, id, money.usedOf(id)]).toEqual([seed, id, expected])
      compared += 1
    }
  }
  return compared
}

function play(history: ReturnType<typeof drawHistory>, events: AllocationEvent[]) {
  const simulator = new Simulator(history, (event) => events.push(event))
  simulator.run()
  return simulator
}

function listedIn(grants: readonly PricedGrant[]): StepFunction {
  const listed = grants.filter(({ order }) => order === 'listed')
  return fromChanges(
    listed.flatMap(({ start, until, accelerators }) => [
      { at: start, by: accelerators },
      { at: until, by: -accelerators },
    ]),
  )
}

function suppliesOf(grant: PricedGrant): Supply[] {
  const { order, paidAnyway, prices, start, until } = grant
  if (order === 'listed') return []
  const rates = prices.map(({ from, microsPerHour }, n) => ({
    start: from,
    until: prices[n + 1]?.from ?? until,
    rate: {
      micros: BigInt(microsPerHour),
      per: BigInt(HOUR_MS) as AcceleratorMs,
      currency: 'USD',
      assumed: false,
    },
  }))
  const served = { ...aGrant(), id: grant.id, accelerators: grant.accelerators, span: { start, until } }
  return [{ grant: served, order, paidAnyway, rates }]
}

/** Of a grant, only its name, its accelerators and its span matter here. */
function aGrant(): Grant {
  const [grant] = resolveAgreement(anAgreement({ lines: [aLine()] }))
  if (!grant) throw new Error('the agreement of the tests brings accelerators')
  return grant
}
