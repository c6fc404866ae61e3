import { expect, test } from 'vitest'
import { DAY_MS, HOUR_MS, type Instant, instant } from '../base/instant.ts'
import { prng } from '../base/prng.ts'
import type { FailureRate } from '../capacity/failure-rate.ts'
import { poolOf } from '../capacity/pool.ts'
import { failureCommands } from './failures.ts'
import type { TimedCommand } from './simulator.ts'
import type { Delivery } from './supply.ts'

const POOL = poolOf({ provider: 'own', region: 'here', hardware: 'h100', fabric: 'default' })
const RATE: FailureRate = { hardware: 'h100', perAcceleratorYear: 0.5, repairMs: 30 * HOUR_MS }

function day(days: number): Instant {
  return instant(days * DAY_MS)
}

/** `nodes` nodes of 8, and one of 4, from one day to another. */
function delivery(nodes: number, from: number, until: number, firstNode = 0): Delivery {
  const group = { domains: nodes, nodesPerDomain: 1, acceleratorsPerNode: 8, domainsPerBlock: 4 }
  const rest = { ...group, domains: 1, acceleratorsPerNode: 4 }
  return {
    pool: POOL,
    groups: [group, rest],
    cpuCores: 0,
    firstNode,
    start: day(from),
    until: day(until),
    source: `#${firstNode}`,
  }
}

function drawn(deliveries: readonly Delivery[], rates = [RATE], seed = 1): TimedCommand[] {
  return [...failureCommands(deliveries, rates, prng(seed))]
}

function failures(commands: readonly TimedCommand[]): { at: Instant; node: number }[] {
  return commands.flatMap(({ at, command }) =>
    command.kind === 'failNode' ? [{ at, node: command.node }] : [],
  )
}

test('nodes fail as often as their accelerators together, in proportion to what is there', () => {
  const found = failures(drawn([delivery(1_000, 0, 365.25), delivery(3_000, 100, 365.25, 1_001)]))
  const years = 1 + 3 * ((365.25 - 100) / 365.25)
  expect(found.length / (8_000 * years * 0.5)).toBeCloseTo(1, 1)
  const later = found.filter(({ node }) => node >= 1_001)
  expect(later.every(({ at }) => at >= day(100))).toBe(true)
  expect(later.length / found.length).toBeCloseTo((years - 1) / years, 1)
  const nodes = found.map(({ node }) => node).sort((a, b) => a - b)
  expect([nodes[0], nodes.at(-1)].map((node) => Math.round((node ?? 0) / 100))).toEqual([0, 40])
})

test('half as large a node fails half as often', () => {
  const group = { domains: 100, nodesPerDomain: 1, acceleratorsPerNode: 8, domainsPerBlock: 4 }
  const groups = [group, { ...group, acceleratorsPerNode: 4 }]
  const found = failures(drawn([{ ...delivery(0, 0, 3_000), groups }]))
  const small = found.filter(({ node }) => node >= 100).length
  expect(small / found.length).toBeCloseTo(1 / 3, 1)
})

test('a failed node is back after its repair, and does not fail while it is away', () => {
  const commands = drawn([delivery(3, 0, 3_000)], [{ ...RATE, perAcceleratorYear: 20 }])
  const away = new Map<number, Instant>()
  let now = instant(0)
  for (const { at, command } of commands) {
    expect(at).toBeGreaterThanOrEqual(now)
    now = at
    if (command.kind === 'failNode') {
      expect(away.has(command.node)).toBe(false)
      away.set(command.node, at)
    } else if (command.kind === 'returnNode') {
      expect(at - (away.get(command.node) ?? 0)).toBe(30 * HOUR_MS)
      away.delete(command.node)
    }
  }
  expect(commands.length).toBeGreaterThan(3_000)
})

test('what has left its pool neither fails nor returns', () => {
  const commands = drawn(
    [delivery(50, 0, 10), delivery(50, 5, 20, 51)],
    [{ ...RATE, perAcceleratorYear: 20 }],
  )
  const ofTheFirst = commands.filter(({ command }) => 'node' in command && command.node < 51)
  expect(ofTheFirst.length).toBeGreaterThan(100)
  expect(ofTheFirst.every(({ at }) => at < day(10))).toBe(true)
})

test('what is said of a pool goes before what is said of its hardware, and nothing fails where nothing is said', () => {
  const machines = [delivery(100, 0, 1_000)]
  const rates = [RATE, { pool: POOL.id, perAcceleratorYear: 0, repairMs: HOUR_MS }]
  expect(drawn(machines, rates)).toEqual([])
  expect(drawn(machines, [{ ...RATE, hardware: 'other' }])).toEqual([])
})

test('the same seed draws the same failures, another seed others', () => {
  const machines = [delivery(100, 0, 300)]
  expect(drawn(machines, [RATE], 7)).toEqual(drawn(machines, [RATE], 7))
  expect(drawn(machines, [RATE], 7)).not.toEqual(drawn(machines, [RATE], 8))
})

test('a stated part of the failures leaves nodes at work, slow until their repair, and moves no other failure', () => {
  const slow = { part: 0.3, speed: 0.5 }
  const commands = drawn([delivery(1_000, 0, 365.25)], [{ ...RATE, slow }])
  const hits = commands.flatMap(({ at, command }) => {
    const isHit = command.kind === 'failNode' || (command.kind === 'degradeNode' && command.speed < 1)
    return isHit ? [{ at, node: command.node }] : []
  })
  expect(hits).toEqual(failures(drawn([delivery(1_000, 0, 365.25)])))
  expect(failures(commands).length / hits.length).toBeCloseTo(0.7, 1)
  const open = new Map<number, number>()
  for (const { at, command } of commands) {
    if (command.kind !== 'degradeNode') continue
    if (command.speed === 0.5) open.set(command.node, at)
    else {
      expect(command.speed).toBe(1)
      expect(at - (open.get(command.node) ?? 0)).toBe(RATE.repairMs)
      open.delete(command.node)
    }
  }
  expect(open.size).toBeLessThan(30)
})
