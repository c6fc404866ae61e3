import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Agreement, Instrument, Line } from '../agreements/agreement.ts'
import type { PriceBook } from '../agreements/price.ts'
import { resolveAgreement } from '../agreements/resolve.ts'
import { assert } from '../base/assert.ts'
import { DAY_MS, HOUR_MS, type Instant, instant } from '../base/instant.ts'
import { monthsOf, type Span } from '../base/span.ts'
import { constant, fromChanges, type StepFunction, valueAt, ZERO } from '../base/step-function.ts'
import { aLine, anAgreement, aTerm, aTranche, perHour, said, saidShare } from '../testing/agreement.ts'
import { at, spanOf } from '../testing/dates.ts'
import { usd } from '../testing/usd.ts'
import { type PoolUse, serveInMeritOrder } from './merit-order.ts'
import { type Supply, supplyOf } from './supply.ts'

const NO_PRICES: PriceBook = { points: [] }
const MAY = spanOf('2026-05-01', '2026-06-01')

function suppliesOf(...agreements: readonly Agreement[]): Supply[] {
  return agreements.flatMap((agreement) =>
    resolveAgreement(agreement).map((grant) => {
      const supply = supplyOf(agreement, grant, NO_PRICES)
      assert(supply.ok, 'the price is known')
      return supply.value
    }),
  )
}

function agreement(id: string, instrument: Instrument, line: Partial<Line>): Agreement {
  return anAgreement({ id, instrument, term: aTerm('2026-05-01', '2026-06-01'), lines: [aLine(line)] })
}

function serve(
  used: number,
  supplies: readonly Supply[],
  more: Partial<PoolUse> = {},
): Record<string, number> {
  const { served, unserved } = serveInMeritOrder({
    used: constant(used, MAY),
    listed: ZERO,
    supplies,
    span: MAY,
    cuts: [],
    ...more,
  })
  const days: Record<string, number> = unserved > 0n ? { unserved: Number(unserved) / DAY_MS / 31 } : {}
  for (const { supply, used: inUse } of served)
    days[supply.grant.agreementId] = (days[supply.grant.agreementId] ?? 0) + Number(inUse) / DAY_MS / 31
  return days
}

describe('the order in which grants serve a pool', () => {
  const dear = agreement('dear', 'capacity', { price: perHour('9'), takeOrPay: saidShare(0.5) })
  const cheap = agreement('cheap', 'capacity', { price: perHour('1'), takeOrPay: saidShare(0.2) })
  const spot = agreement('spot', 'spot', { price: perHour('0.5') })
  const onDemand = agreement('onDemand', 'onDemand', { price: perHour('0.4') })
  const all = suppliesOf(onDemand, spot, dear, cheap)

  it('uses first what must be paid for anyway, however dear', () => {
    expect(serve(70, all)).toEqual({ dear: 50, cheap: 20, spot: 0, onDemand: 0 })
  })

  it('uses then the cheapest committed grant, before cheaper spot and on-demand capacity', () => {
    expect(serve(150, all)).toEqual({ dear: 50, cheap: 100, spot: 0, onDemand: 0 })
    expect(serve(250, all)).toEqual({ dear: 100, cheap: 100, spot: 50, onDemand: 0 })
  })

  it('uses on-demand capacity last, and says what nobody had accelerators for', () => {
    expect(serve(420, all)).toEqual({ dear: 100, cheap: 100, spot: 100, onDemand: 100, unserved: 20 })
  })

  it('counts a fixed sum and owned machines as paid for whole', () => {
    const fixed = agreement('fixed', 'spend', {
      price: { kind: 'fixed', amount: said(usd('1000000')), every: 'month' },
    })
    const owned = agreement('owned', 'owned', { price: perHour('8'), takeOrPay: saidShare(0) })
    expect(serve(220, suppliesOf(cheap, fixed, owned))).toEqual({ cheap: 20, fixed: 100, owned: 100 })
  })

  it('uses machines that belong to no agreement before all others', () => {
    expect(serve(90, suppliesOf(dear), { listed: constant(60, MAY) })).toEqual({ dear: 30 })
  })

  it('changes the order at the moment a price does', () => {
    const rising = agreement('rising', 'capacity', {
      price: { ...perHour('1'), escalator: { perYear: saidShare(1) } },
      takeOrPay: saidShare(0),
    })
    const older = { ...rising, term: aTerm('2025-05-11', '2026-06-01') }
    const steady = agreement('steady', 'capacity', { price: perHour('1.5'), takeOrPay: saidShare(0) })
    // The older one doubles on its anniversary, 11 May: after 10 of 31 days.
    const found = serve(100, suppliesOf(older, steady))
    expect(Math.round((found.rising ?? 0) * 31)).toBe(1000)
    expect(Math.round((found.steady ?? 0) * 31)).toBe(2100)
  })

  it('lets a tranche serve from its arrival in mid-month, after the paid part of a cheaper one', () => {
    const late = agreement('late', 'capacity', {
      tranches: [aTranche({ promised: said(at('2026-05-21')) })],
    })
    const { served } = serveInMeritOrder({
      used: constant(100, MAY),
      listed: ZERO,
      supplies: suppliesOf(late, cheap),
      span: MAY,
      cuts: [],
    })
    const byLate = served.filter(({ supply }) => supply.grant.agreementId === 'late')
    expect(byLate.map(({ start, until, used }) => [start, until, Number(used) / DAY_MS])).toEqual([
      [at('2026-05-21'), at('2026-06-01'), 880],
    ])
  })
})

const SPAN: Span = { start: at('2026-01-30'), until: at('2026-02-03') }
const anyHour = fc.integer({ min: 0, max: 96 }).map((n) => instant(SPAN.start + n * HOUR_MS))
const anyGrants = fc.array(
  fc.record({
    instrument: fc.constantFrom<Instrument>('capacity', 'spend', 'onDemand', 'spot', 'owned'),
    accelerators: fc.integer({ min: 1, max: 9 }),
    price: fc.constantFrom('1', '2', '3'),
    takeOrPay: fc.constantFrom(0, 0.3, 1),
    start: anyHour,
  }),
  { maxLength: 6 },
)
type DrawnGrant = typeof anyGrants extends fc.Arbitrary<(infer Grant)[]> ? Grant : never

const anyLevel: fc.Arbitrary<StepFunction> = fc.array(fc.tuple(anyHour, fc.nat(40))).map((levels) => {
  const sorted = [...levels].sort((a, b) => a[0] - b[0])
  return fromChanges(
    sorted.map(([moment, level], n) => ({ at: moment, by: level - (sorted[n - 1]?.[1] ?? 0) })),
  )
})

function agreementOf(drawn: DrawnGrant, n: number): Agreement {
  const tranche = aTranche({ accelerators: said(drawn.accelerators), promised: said(drawn.start) })
  const line = aLine({
    price: perHour(drawn.price),
    takeOrPay: saidShare(drawn.takeOrPay),
    tranches: [tranche],
  })
  return anAgreement({
    id: `a${n}`,
    instrument: drawn.instrument,
    term: { start: said(SPAN.start), until: said(SPAN.until) },
    lines: [line],
  })
}

/** Who would sit on which seat at a moment, the first ones first; listed machines have no name. */
function seatsAt(now: Instant, grants: readonly DrawnGrant[], listed: number): string[] {
  const seats = Array.from({ length: listed }, () => ({ id: '', rank: '' }))
  for (const [n, { instrument, accelerators, price, takeOrPay, start }] of grants.entries()) {
    const paid = instrument === 'owned' ? accelerators : Math.ceil(accelerators * takeOrPay)
    const order = instrument === 'onDemand' ? 3 : instrument === 'spot' ? 2 : 1
    for (let seat = 0; start <= now && seat < accelerators; seat++)
      seats.push({ id: `a${n}`, rank: `${seat < paid ? 0 : 1}${order}${price}${n}` })
  }
  return seats.sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0)).map(({ id }) => id)
}

/** Hours by agreement: '' for listed machines, 'unserved' for use that nobody had a seat for. */
function hoursBySeats(
  grants: readonly DrawnGrant[],
  used: StepFunction,
  listed: StepFunction,
): Map<string, number> {
  const hours = new Map<string, number>()
  for (let now = SPAN.start; now < SPAN.until; now = instant(now + HOUR_MS)) {
    const seats = seatsAt(now, grants, valueAt(listed, now))
    for (let n = 0; n < valueAt(used, now); n++) {
      const id = seats[n] ?? 'unserved'
      hours.set(id, (hours.get(id) ?? 0) + 1)
    }
  }
  return hours
}

describe('serving any use by any grants', () => {
  it('fills every hour seat by seat as a plain list of seats does, and loses no accelerator', () => {
    fc.assert(
      fc.property(anyGrants, anyLevel, anyLevel, (grants, used, listed) => {
        const supplies = suppliesOf(...grants.map(agreementOf))
        const cuts = monthsOf(SPAN).map(({ start }) => start)
        const { served, unserved } = serveInMeritOrder({ used, listed, supplies, span: SPAN, cuts })
        const found = new Map<string, number>()
        const count = (id: string, time: bigint) => {
          if (time > 0n) found.set(id, (found.get(id) ?? 0) + Number(time) / HOUR_MS)
        }
        for (const { supply, used: time } of served) count(supply.grant.agreementId, time)
        count('unserved', unserved)
        const wanted = hoursBySeats(grants, used, listed)
        wanted.delete('')
        expect(found).toEqual(wanted)
        for (const { supply, start, until, used: inUse, unused } of served)
          expect(inUse + unused).toBe(BigInt(supply.grant.accelerators) * BigInt(until - start))
      }),
    )
  })
})
