import { describe, expect, test } from 'vitest'
import { DAY_MS, HOUR_MS, type Instant, instant } from '../base/instant.ts'
import { prng } from '../base/prng.ts'
import type { DatedOutage, OutageRate, PlannedOutage } from '../capacity/outage-plan.ts'
import { poolOf } from '../capacity/pool.ts'
import { outageCommands } from './outages.ts'
import type { TimedCommand } from './simulator.ts'
import type { Delivery } from './supply.ts'

const WINDOW = { start: day(0), until: day(100) }
const WORKS: DatedOutage = {
  kind: 'dated',
  of: { kind: 'provider', provider: 'north' },
  start: day(10),
  until: day(11),
  announcedMs: 0,
}
const RACKS: OutageRate = {
  kind: 'drawn',
  hardware: 'gb200',
  each: 'domain',
  perYear: 4,
  lastsMs: 6 * HOUR_MS,
  announcedMs: 0,
}

function day(days: number): Instant {
  return instant(days * DAY_MS)
}

function delivery(provider: string, domains: number, from: number, until: number): Delivery {
  const pool = poolOf({ provider, region: 'r', hardware: 'gb200', fabric: 'default' })
  const group = { domains, nodesPerDomain: 18, acceleratorsPerNode: 4, domainsPerBlock: 8 }
  return {
    pool,
    groups: [group],
    cpuCores: 0,
    firstNode: 0,
    start: day(from),
    until: day(until),
    source: provider,
  }
}

function told(outages: readonly PlannedOutage[], deliveries: readonly Delivery[] = [], noticeMs = 0) {
  return [...outageCommands({ deliveries, outages, window: WINDOW, noticeMs, chance: prng(1) })]
}

function begun(commands: readonly TimedCommand[]) {
  return commands.flatMap(({ at, command }) => (command.kind === 'beginOutage' ? [{ at, ...command }] : []))
}

describe('an outage of known dates', () => {
  test('begins and ends on them', () => {
    expect(told([WORKS])).toEqual([
      { at: day(10), command: { kind: 'beginOutage', outageId: 'outage 1', of: WORKS.of } },
      { at: day(11), command: { kind: 'endOutage', outageId: 'outage 1' } },
    ])
  })

  test('is told ahead where it is announced, and no later than the notice asks', () => {
    const drain = { kind: 'drain', outageId: 'outage 1', of: WORKS.of, by: day(10) }
    expect(told([{ ...WORKS, announcedMs: 2 * DAY_MS }])[0]).toEqual({ at: day(8), command: drain })
    expect(told([{ ...WORKS, announcedMs: HOUR_MS }], [], DAY_MS)[0]).toEqual({ at: day(9), command: drain })
  })

  test('that began before the window is there at its start, without warning', () => {
    const commands = told([{ ...WORKS, start: day(-5), announcedMs: DAY_MS }])
    expect(commands[0]).toMatchObject({ at: day(0), command: { kind: 'beginOutage' } })
  })

  test('outside of the window is none', () => {
    expect(told([{ ...WORKS, start: day(-5), until: day(0) }])).toEqual([])
    expect(told([{ ...WORKS, start: day(100), until: day(101) }])).toEqual([])
  })
})

describe('outages at a rate', () => {
  const racks = [delivery('north', 500, 0, 100), delivery('north', 1_500, 50, 100)]

  test('come as often as said for each that is there, and in order of time', () => {
    const commands = told([RACKS], racks)
    const found = begun(commands)
    const years = (500 * 100 + 1_500 * 50) / 365.25
    expect(found.length / (years * 4)).toBeCloseTo(1, 1)
    const early = found
      .filter(({ at }) => at < day(50))
      .map(({ of }) => (of.kind === 'domain' ? of.domain : -1))
    expect(Math.max(...early)).toBeLessThan(500)
    expect(commands.map(({ at }) => at)).toEqual(commands.map(({ at }) => at).sort((a, b) => a - b))
  })

  test('end after as long as said, and hit nothing that is out already', () => {
    const open = new Map<string, Instant>()
    const out = new Set<string>()
    for (const { at, command } of told([{ ...RACKS, perYear: 900 }], [delivery('north', 3, 0, 100)])) {
      if (command.kind === 'beginOutage') {
        expect(out.has(JSON.stringify(command.of))).toBe(false)
        out.add(JSON.stringify(command.of))
        open.set(`${command.outageId}${JSON.stringify(command.of)}`, at)
      }
      if (command.kind !== 'endOutage') continue
      const [key = '', since] = [...open].find(([id]) => id.startsWith(`${command.outageId}{`)) ?? []
      expect(at - Number(since)).toBe(6 * HOUR_MS)
      out.delete(key.slice(command.outageId.length))
      open.delete(key)
    }
    expect(open.size).toBe(0)
  })

  test('take pools or a whole provider at a time, and only those named', () => {
    const both = [...racks, delivery('south', 10, 0, 100)]
    const { hardware: _, ...rate } = { ...RACKS, perYear: 50 }
    const scopes = (outage: OutageRate) =>
      new Set(begun(told([outage], both)).map(({ of }) => JSON.stringify(of)))
    expect(scopes({ ...rate, provider: 'north', each: 'provider' })).toEqual(
      new Set(['{"kind":"provider","provider":"north"}']),
    )
    expect(scopes({ ...rate, pool: 'south/r/gb200', each: 'pool' })).toEqual(
      new Set(['{"kind":"pool","poolId":"south/r/gb200"}']),
    )
  })

  test('are the same from the same seed, and none where the rate is 0', () => {
    expect(told([RACKS], racks)).toEqual(told([RACKS], racks))
    expect(told([{ ...RACKS, perYear: 0 }], racks)).toEqual([])
  })
})
