import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AllocationEvent, Part } from '../allocation/events.ts'
import { HOUR_MS, type Instant, parseInstant } from '../base/instant.ts'
import { valueAt } from '../base/step-function.ts'
import { ANYWHERE, type Gang } from '../demand/gang.ts'
import { allocationHistories, HISTORY, POOLS, TICK_MS } from '../testing/allocation-history.ts'
import { UsageRecount } from '../testing/usage-recount.ts'
import { Meter } from './meter.ts'
import { Rollup } from './rollup.ts'
import type { UsageSpan } from './usage-span.ts'

const at = (text: string): Instant => parseInstant(text) as Instant

function gang(id: string, tenant = 'lab'): Gang {
  const role = {
    name: 'worker',
    members: 8,
    acceleratorsPerMember: 1,
    cpuCoresPerMember: 0,
    accepts: [{ hardware: 'h100', speed: 1 }],
    within: ANYWHERE,
  }
  return { id, tenant, priority: 0, roles: [role], restartMs: 0, reclaimable: true }
}

function part(poolId: string, accelerators: number, role = 'worker'): Part {
  return { role, poolId, runs: [{ first: 0, nodes: 1, each: accelerators }], cpuCores: 0 }
}

function measure(events: readonly AllocationEvent[], cutAt?: Instant): { spans: UsageSpan[]; meter: Meter } {
  const spans: UsageSpan[] = []
  const meter = new Meter((span) => spans.push(span))
  for (const event of events) meter.observe(event)
  if (cutAt !== undefined) meter.cut(cutAt)
  return { spans, meter }
}

const submitted: AllocationEvent = { kind: 'submitted', at: at('2025-01-01'), gang: gang('g') }

function placed(when: string, parts: readonly Part[], borrowed = 0): AllocationEvent {
  return { kind: 'placed', at: at(when), gangId: 'g', parts, borrowed }
}

describe('metering', () => {
  it('gives one span for each role and pool of a stay', () => {
    const parts = [part('north', 8, 'trainer'), part('south', 4, 'rollout')]
    const finished: AllocationEvent = { kind: 'finished', at: at('2025-01-01T03:00'), gangId: 'g' }
    const { spans } = measure([submitted, placed('2025-01-01T01:00', parts), finished])
    expect(spans).toMatchObject([
      { role: 'trainer', poolId: 'north', accelerators: 8, tenant: 'lab', start: at('2025-01-01T01:00') },
      { role: 'rollout', poolId: 'south', accelerators: 4, until: at('2025-01-01T03:00') },
    ])
  })

  it('splits what a gang borrows over its parts without losing any', () => {
    const parts = [part('north', 5), part('south', 3), part('south', 1)]
    const finished: AllocationEvent = { kind: 'finished', at: at('2025-01-02'), gangId: 'g' }
    const { spans } = measure([submitted, placed('2025-01-01', parts, 4), finished])
    expect(spans.map((span) => span.borrowed)).toEqual([2, 1, 1])
  })

  it('starts a new span after an eviction, whose lost work stays with the old one', () => {
    const evicted: AllocationEvent = {
      kind: 'evicted',
      at: at('2025-01-01T05:00'),
      gangId: 'g',
      because: 'reclaimed',
      keptMs: 3 * HOUR_MS,
      lostMs: HOUR_MS,
    }
    const events = [
      submitted,
      placed('2025-01-01T01:00', [part('north', 8)]),
      evicted,
      placed('2025-01-01T09:00', [part('north', 8)]),
      { kind: 'cancelled', at: at('2025-01-01T10:00'), gangId: 'g' } as const,
    ]
    expect(measure(events).spans.map(({ start, until, lostMs }) => [start, until, lostMs])).toEqual([
      [at('2025-01-01T01:00'), at('2025-01-01T05:00'), HOUR_MS],
      [at('2025-01-01T09:00'), at('2025-01-01T10:00'), 0],
    ])
  })

  it('hands over what still runs when it is cut, and goes on from there', () => {
    const { spans, meter } = measure([submitted, placed('2025-01-01', [part('north', 8)])], at('2025-01-03'))
    meter.observe({ kind: 'finished', at: at('2025-01-04'), gangId: 'g' })
    expect(spans.map(({ start, until }) => [start, until])).toEqual([
      [at('2025-01-01'), at('2025-01-03')],
      [at('2025-01-03'), at('2025-01-04')],
    ])
  })

  it('says nothing of a gang that ends before it was placed', () => {
    expect(measure([submitted, { kind: 'cancelled', at: at('2025-01-02'), gangId: 'g' }]).spans).toEqual([])
  })

  it('agrees with a recount tick by tick, by month, tenant and pool', () => {
    fc.assert(
      fc.property(allocationHistories(), (events) => {
        const { spans, meter } = measure(
          events.filter((event) => event.at < HISTORY.until),
          HISTORY.until,
        )
        const recount = new UsageRecount(events, HISTORY, () => 0)
        const within = spans.filter((span) => span.until > HISTORY.start)
        const rollup = new Rollup()
        for (const span of within) {
          const start = Math.max(span.start, HISTORY.start) as Instant
          rollup.add({ ...span, start, lostMs: 0 })
        }
        const rows = rollup
          .rows()
          .map(({ month, tenant, poolId, used }): [string, number] => [
            `${new Date(month).toISOString().slice(0, 7)} ${tenant} ${poolId}`,
            Number(used) / TICK_MS,
          ])
        expect(new Map(rows.filter(([, ticks]) => ticks > 0))).toEqual(recount.used)
        for (const { id } of POOLS) {
          const used = meter.usedByPool().get(id)
          let ticks = 0
          for (let moment = HISTORY.start; moment < HISTORY.until; moment = (moment + TICK_MS) as Instant)
            ticks += used ? valueAt(used, moment) : 0
          const counted = [...recount.idle].filter(([key]) => key.endsWith(` ${id} used`))
          expect(ticks).toBe(counted.reduce((sum, [, count]) => sum + count, 0))
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('shares', () => {
  const share = (slot: number, milli: number): Part => ({
    role: 'worker',
    poolId: 'north',
    runs: [{ first: 0, nodes: 1, each: 0, slot, milli }],
    cpuCores: 0,
  })
  const other: AllocationEvent = { kind: 'submitted', at: at('2025-01-01'), gang: gang('h', 'other') }
  const joins: AllocationEvent = {
    ...placed('2025-01-01T02:00', [share(0, 333)]),
    gangId: 'h',
  } as AllocationEvent
  const events = [submitted, other, placed('2025-01-01T01:00', [share(0, 250)]), joins]

  it('counts a tenant’s use to the thousandth, and rounds the sum once', () => {
    const { spans } = measure(events, at('2025-01-01T03:00'))
    const rollup = new Rollup()
    for (const span of spans) rollup.add(span)
    expect(rollup.rows().map(({ tenant, used }) => [tenant, used])).toEqual([
      ['lab', BigInt(HOUR_MS / 2)],
      ['other', (BigInt(HOUR_MS) * 333n) / 1000n],
    ])
  })

  it('has the accelerator in use as a whole while anybody shares it', () => {
    const { meter } = measure(events)
    const used = meter.usedByPool().get('north')
    expect(used).toEqual({ times: [at('2025-01-01T01:00')], values: [1] })
  })
})
