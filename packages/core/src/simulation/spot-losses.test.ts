import { expect, test } from 'vitest'
import { DAY_MS, HOUR_MS, instant } from '../base/instant.ts'
import { prng } from '../base/prng.ts'
import { poolOf } from '../capacity/pool.ts'
import type { TimedCommand } from './simulator.ts'
import { spotLossCommands } from './spot-losses.ts'
import type { Delivery } from './supply.ts'

const DELIVERY: Delivery = {
  start: instant(0),
  until: instant(100 * DAY_MS),
  pool: poolOf({ provider: 'north', region: 'r', hardware: 'gpu', fabric: 'spot' }),
  groups: [{ domains: 10, nodesPerDomain: 1, acceleratorsPerNode: 8, domainsPerBlock: 10 }],
  cpuCores: 0,
  source: 'a/spot/all',
  firstNode: 5,
  losses: { perNodeDay: 0.5, awayMs: HOUR_MS },
}

function lossesOf(delivery: Delivery, seed = 1): TimedCommand[] {
  return [...spotLossCommands([delivery], prng(seed))]
}

function begun(commands: readonly TimedCommand[]): TimedCommand[] {
  return commands.filter(({ command }) => command.kind === 'beginOutage')
}

test('nodes are taken back as often as is said, and are offered again after so long', () => {
  const commands = lossesOf(DELIVERY)
  const taken = begun(commands)
  // Ten nodes, half a time a day, for a hundred days: 500, give or take three standard deviations.
  expect(taken.length).toBeGreaterThan(500 - 3 * Math.sqrt(500))
  expect(taken.length).toBeLessThan(500 + 3 * Math.sqrt(500))
  const times = commands.map(({ at }) => at)
  expect([...times].sort((a, b) => a - b)).toEqual(times)
  for (const { at, command } of taken) {
    const back = commands.find(
      (other) =>
        other.command.kind === 'endOutage' &&
        command.kind === 'beginOutage' &&
        other.command.outageId === command.outageId,
    )
    if (at + HOUR_MS < DELIVERY.until) expect(back?.at).toBe(at + HOUR_MS)
  }
})

test('each time one node of the delivery is taken, because spot capacity is', () => {
  for (const { command } of begun(lossesOf(DELIVERY))) {
    if (command.kind !== 'beginOutage' || command.of.kind !== 'nodes') throw new Error('a node is taken')
    expect([command.because, command.of.nodes, command.of.poolId]).toEqual(['spotLost', 1, DELIVERY.pool.id])
    expect(command.of.firstNode).toBeGreaterThanOrEqual(5)
    expect(command.of.firstNode).toBeLessThan(15)
  }
})

test('the same seed takes the same nodes, another one others', () => {
  expect(lossesOf(DELIVERY)).toEqual(lossesOf(DELIVERY))
  expect(lossesOf(DELIVERY)).not.toEqual(lossesOf(DELIVERY, 2))
})

test('nothing is taken of what is no spot capacity, or of what is never taken back', () => {
  const { losses: _, ...kept } = DELIVERY
  expect(lossesOf(kept)).toEqual([])
  expect(lossesOf({ ...DELIVERY, losses: { perNodeDay: 0, awayMs: HOUR_MS } })).toEqual([])
})
