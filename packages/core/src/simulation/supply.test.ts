import { describe, expect, test } from 'vitest'
import { NO_SLIPS } from '../agreements/resolve.ts'
import { DAY_MS, type Instant, instant } from '../base/instant.ts'
import type { FleetPool } from '../capacity/fleet.ts'
import { poolOf } from '../capacity/pool.ts'
import type { Portfolio } from './portfolio.ts'
import { supplyCommands } from './supply.ts'

const POOL = poolOf({ provider: 'own', region: 'here', hardware: 'h100', fabric: 'default' })
const GROUP = { domains: 2, nodesPerDomain: 1, acceleratorsPerNode: 8, domainsPerBlock: 2 }

function day(days: number): Instant {
  return instant(days * DAY_MS)
}

/** A portfolio of listed machines alone, of which days 10 to 20 are played. */
function listing(pools: readonly FleetPool[]): Portfolio {
  return {
    name: 'listed',
    currency: 'USD',
    horizon: { start: day(0), until: day(100) },
    window: { start: day(10), until: day(20) },
    asOf: day(0),
    seed: 1,
    tenants: [],
    reclaimNoticeMs: 0,
    agreements: [],
    quotes: [],
    workloads: [],
    services: [],
    hardware: [],
    fleet: { shapes: [], pools },
    prices: { points: [] },
    revenue: [],
    expectations: [],
    figures: [],
  }
}

describe('the supply of a window', () => {
  test('is there from its start where it came before, and does not leave where it stays on', () => {
    const commands = supplyCommands(listing([{ pool: POOL, groups: [GROUP], cpuCores: 4 }]), NO_SLIPS)
    expect(commands).toEqual([
      { at: day(10), command: { kind: 'openPool', pool: POOL } },
      { at: day(10), command: { kind: 'addNodes', poolId: POOL.id, nodes: [GROUP], cpuCores: 4 } },
    ])
  })

  test('leaves with its cores, under the numbers of its own nodes', () => {
    const stays = { pool: POOL, groups: [GROUP], cpuCores: 0 }
    const leaves = { pool: POOL, groups: [GROUP, GROUP], cpuCores: 64, from: day(12), until: day(15) }
    const commands = supplyCommands(listing([leaves, stays]), NO_SLIPS)
    expect(commands.slice(2)).toEqual([
      {
        at: day(12),
        command: { kind: 'addNodes', poolId: POOL.id, nodes: [GROUP, GROUP], cpuCores: 64 },
      },
      {
        at: day(15),
        command: { kind: 'removeNodes', poolId: POOL.id, firstNode: 2, nodes: 4, cpuCores: 64 },
      },
    ])
  })

  test('of cores alone leaves too', () => {
    const cores = { pool: POOL, groups: [], cpuCores: 64, until: day(15) }
    expect(supplyCommands(listing([cores]), NO_SLIPS).at(-1)).toEqual({
      at: day(15),
      command: { kind: 'removeNodes', poolId: POOL.id, firstNode: 0, nodes: 0, cpuCores: 64 },
    })
  })
})
