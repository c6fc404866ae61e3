import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AllocationEvent, Part } from '../allocation/events.ts'
import { DAY_MS, type Instant, instant, parseInstant } from '../base/instant.ts'
import { constant, fromChanges, type StepFunction, valueAt } from '../base/step-function.ts'
import { ANYWHERE, type Gang } from '../demand/gang.ts'
import { allocationHistories, HISTORY, POOLS, TICK_MS } from '../testing/allocation-history.ts'
import { UsageRecount } from '../testing/usage-recount.ts'
import { IdleMeter } from './idle.ts'
import { IDLE_CAUSES, type IdleRow } from './pool-idle.ts'

const POOL = { id: 'north', provider: 'north', region: 'r', hardware: 'h100', fabric: 'default' }
const MAY = { start: parseInstant('2025-05-01') as Instant, until: parseInstant('2025-06-01') as Instant }
const day = (n: number): Instant => instant(MAY.start + (n - 1) * DAY_MS)

function gang(id: string, members: number): Gang {
  const role = {
    name: 'worker',
    members,
    acceleratorsPerMember: 1,
    cpuCoresPerMember: 0,
    accepts: [{ hardware: 'h100', speed: 1 }],
    within: ANYWHERE,
  }
  return { id, tenant: 'lab', priority: 0, roles: [role], restartMs: 0, reclaimable: true }
}

function open(at: Instant, nodes: number): AllocationEvent[] {
  const group = { domains: nodes, nodesPerDomain: 1, acceleratorsPerNode: 8, domainsPerBlock: 32 }
  return [
    { kind: 'poolOpened', at, pool: POOL },
    { kind: 'nodesAdded', at, poolId: 'north', nodes: [group], cpuCores: 0 },
  ]
}

function submit(at: Instant, id: string, members: number): AllocationEvent {
  return { kind: 'submitted', at, gang: gang(id, members) }
}

function place(at: Instant, gangId: string, accelerators: number): AllocationEvent {
  const parts: Part[] = [
    { role: 'worker', poolId: 'north', runs: [{ first: 0, nodes: 1, each: accelerators }], cpuCores: 0 },
  ]
  return { kind: 'placed', at, gangId, parts, borrowed: 0 }
}

/** Accelerator-days by cause, zero ones left out. */
function daysIn(row: IdleRow | undefined): Record<string, number> {
  const { promised, beyondPromise, used } = row ?? { promised: 0n, beyondPromise: 0n, used: 0n }
  const all = Object.entries({ promised, beyondPromise, used, ...row?.idle })
  return Object.fromEntries(
    all.filter(([, time]) => time > 0n).map(([cause, time]) => [cause, Number(time) / DAY_MS]),
  )
}

function idleOf(events: readonly AllocationEvent[], promised: StepFunction): IdleRow[] {
  const meter = new IdleMeter(new Map([['north', promised]]), MAY)
  for (const event of events) meter.observe(event)
  return meter.finish()
}

const PROMISED = constant(16, MAY)

describe('idle time by cause', () => {
  it('is without demand where nobody waits', () => {
    expect(daysIn(idleOf(open(day(1), 2), PROMISED)[0])).toEqual({ promised: 496, noDemand: 496 })
  })

  it('is too few where whoever waits needs more than is free, but no more of it than they need', () => {
    const events = [
      ...open(day(1), 2),
      submit(day(1), 'a', 12),
      place(day(1), 'a', 12),
      submit(day(11), 'b', 16),
      { kind: 'cancelled', at: day(12), gangId: 'b' } as const,
    ]
    expect(daysIn(idleOf(events, PROMISED)[0])).toEqual({
      promised: 496,
      used: 372,
      tooFew: 4,
      noDemand: 120,
    })
  })

  it('is fragmented as far as whoever waits would have fitted by count', () => {
    const events = [
      ...open(day(1), 2),
      submit(day(1), 'a', 10),
      place(day(1), 'a', 10),
      submit(day(31), 'b', 4),
    ]
    expect(daysIn(idleOf(events, PROMISED)[0])).toEqual({
      promised: 496,
      used: 310,
      fragmented: 4,
      noDemand: 182,
    })
  })

  it('is draining while free accelerators are kept for a gang for which the rest is being cleared', () => {
    const room: Part[] = [
      {
        role: 'worker',
        poolId: 'north',
        runs: [
          { first: 0, nodes: 1, each: 8 },
          { first: 1, nodes: 1, each: 4 },
        ],
        cpuCores: 0,
      },
    ]
    const events: AllocationEvent[] = [
      ...open(day(1), 2),
      submit(day(1), 'lent', 8),
      place(day(1), 'lent', 8),
      submit(day(30), 'owner', 12),
      { kind: 'handOverPlanned', at: day(30), gangId: 'owner', parts: room, by: day(31) },
      { kind: 'reclaimAsked', at: day(30), gangId: 'lent', forGangId: 'owner', by: day(31) },
      { kind: 'evicted', at: day(31), gangId: 'lent', because: 'reclaimed', keptMs: 0, lostMs: 0 },
      { kind: 'placed', at: day(31), gangId: 'owner', parts: room, borrowed: 0 },
    ]
    // On day 30 the owner's room is all of node 0, which is lent, and half of node 1, which is free: those 4 are kept for it, and
    // nobody else waits. On the last day the evicted gang wants 8, and 4 are free.
    expect(daysIn(idleOf(events, PROMISED)[0])).toEqual({
      promised: 496,
      used: 8 * 30 + 12,
      draining: 4,
      tooFew: 4,
      noDemand: 8 * 29 + 4,
    })
  })

  it('is no longer draining when the hand-over is dropped, and the gang waits again', () => {
    const room: Part[] = [
      { role: 'worker', poolId: 'north', runs: [{ first: 0, nodes: 2, each: 8 }], cpuCores: 0 },
    ]
    const events: AllocationEvent[] = [
      ...open(day(1), 2),
      submit(day(1), 'a', 8),
      place(day(1), 'a', 8),
      submit(day(10), 'b', 16),
      { kind: 'handOverPlanned', at: day(10), gangId: 'b', parts: room, by: day(31) },
      { kind: 'handOverDropped', at: day(20), gangId: 'b' },
    ]
    expect(daysIn(idleOf(events, PROMISED)[0])).toEqual({
      promised: 496,
      used: 248,
      noDemand: 72,
      draining: 80,
      tooFew: 96,
    })
  })

  it('is broken from the failure of a node until its return or removal', () => {
    const events: AllocationEvent[] = [
      ...open(day(1), 2),
      { kind: 'nodeFailed', at: day(2), poolId: 'north', node: 0 },
      { kind: 'nodeReturned', at: day(4), poolId: 'north', node: 0 },
      { kind: 'nodeFailed', at: day(10), poolId: 'north', node: 1 },
      { kind: 'nodesRemoved', at: day(11), poolId: 'north', firstNode: 1, nodes: 1 },
    ]
    const found = daysIn(idleOf(events, PROMISED)[0])
    expect(found).toEqual({ promised: 496, broken: 24, late: 8 * 21, noDemand: 496 - 24 - 168 })
  })

  it('is late for what was promised and is not there, also where the pool never opened', () => {
    expect(daysIn(idleOf([], PROMISED)[0])).toEqual({ promised: 496, late: 496 })
    expect(daysIn(idleOf(open(day(16), 2), PROMISED)[0])).toEqual({ promised: 496, late: 240, noDemand: 256 })
  })

  it('shows apart what came before it was promised', () => {
    const later = fromChanges([{ at: day(16), by: 16 }])
    expect(daysIn(idleOf(open(day(1), 2), later)[0])).toEqual({
      promised: 256,
      beyondPromise: 240,
      noDemand: 496,
    })
  })

  it('counts within the window alone', () => {
    const events = [...open(day(-30), 2), submit(day(-20), 'a', 16), place(day(-20), 'a', 16)]
    const rows = idleOf([...events, { kind: 'finished', at: day(60), gangId: 'a' }], PROMISED)
    expect(rows).toHaveLength(1)
    expect(daysIn(rows[0])).toEqual({ promised: 496, used: 496 })
  })
})

describe('idle time of any history', () => {
  const promises = fc.array(fc.nat(40), { minLength: POOLS.length, maxLength: POOLS.length }).map(
    (levels) =>
      new Map(
        POOLS.map(({ id }, n) => {
          const from = instant(HISTORY.start + 5 * (n - 1) * TICK_MS)
          const again = instant(HISTORY.start + 300 * TICK_MS)
          return [
            id,
            fromChanges([
              { at: from, by: levels[n] ?? 0 },
              { at: again, by: 3 },
            ]),
          ] as const
        }),
      ),
  )

  function measured(
    events: readonly AllocationEvent[],
    promised: ReadonlyMap<string, StepFunction>,
  ): IdleRow[] {
    const meter = new IdleMeter(promised, HISTORY)
    for (const event of events) meter.observe(event)
    return meter.finish()
  }

  it('adds up with use to promised capacity × time', () => {
    fc.assert(
      fc.property(allocationHistories(), promises, (events, promised) => {
        for (const row of measured(events, promised)) {
          const idle = IDLE_CAUSES.reduce((sum, cause) => sum + row.idle[cause], 0n)
          expect(row.used + idle).toBe(row.promised + row.beyondPromise)
        }
      }),
    )
  })

  it('agrees with a recount tick by tick, cause by cause', () => {
    fc.assert(
      fc.property(allocationHistories(), promises, (events, promised) => {
        const found = new Map<string, number>()
        for (const { month, poolId, idle, ...levels } of measured(events, promised)) {
          for (const [cause, time] of Object.entries({ ...levels, ...idle })) {
            const key = `${new Date(month).toISOString().slice(0, 7)} ${poolId} ${cause}`
            if (time > 0n) found.set(key, Number(time) / TICK_MS)
          }
        }
        const level = (poolId: string, at: number) => {
          const steps = promised.get(poolId)
          return steps ? valueAt(steps, instant(at)) : 0
        }
        expect(found).toEqual(new UsageRecount(events, HISTORY, level).idle)
      }),
      { numRuns: 60 },
    )
  })
})
