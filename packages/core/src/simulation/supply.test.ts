import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Agreement } from '../agreements/agreement.ts'
import { NO_SLIPS, type Slips } from '../agreements/resolve.ts'
import { DAY_MS, type Instant, instant, later } from '../base/instant.ts'
import { includes } from '../base/span.ts'
import { valueAt } from '../base/step-function.ts'
import type { FleetPool } from '../capacity/fleet.ts'
import { poolOf } from '../capacity/pool.ts'
import type { StatedUpkeep } from '../capacity/stated-upkeep.ts'
import { capacityOf } from '../capacity/timeline.ts'
import { acceleratorsIn } from '../capacity/topology.ts'
import { aLine, anAgreement, aTerm, aTranche, said } from '../testing/agreement.ts'
import { agreements as drawnAgreements } from '../testing/any-agreement.ts'
import { at, spanOf } from '../testing/dates.ts'
import { anEmptyPortfolio } from '../testing/portfolio.ts'
import type { Portfolio } from './portfolio.ts'
import type { PlannedCommand, TimedCommand } from './simulator.ts'
import { deliveriesWithin, supplyCommands } from './supply.ts'

const POOL = poolOf({ provider: 'own', region: 'here', hardware: 'h100', fabric: 'default' })
const GROUP = { domains: 2, nodesPerDomain: 1, acceleratorsPerNode: 8, domainsPerBlock: 2 }

function day(days: number): Instant {
  return instant(days * DAY_MS)
}

function commandsOf(portfolio: Portfolio, slips: Slips): TimedCommand[] {
  return supplyCommands(deliveriesWithin(portfolio, slips), portfolio.window)
}

/** A portfolio of listed machines alone, of which days 10 to 20 are played. */
function listing(pools: readonly FleetPool[]): Portfolio {
  return anEmptyPortfolio({
    horizon: { start: day(0), until: day(100) },
    window: { start: day(10), until: day(20) },
    fleet: { shapes: [], pools, failures: [] },
  })
}

describe('the supply of a window', () => {
  test('is there from its start where it came before, and does not leave where it stays on', () => {
    const commands = commandsOf(listing([{ pool: POOL, groups: [GROUP], cpuCores: 4 }]), NO_SLIPS)
    expect(commands).toEqual([
      { at: day(10), command: { kind: 'openPool', pool: POOL } },
      { at: day(10), command: { kind: 'addNodes', poolId: POOL.id, nodes: [GROUP], cpuCores: 4 } },
    ])
  })

  test('leaves with its cores, under the numbers of its own nodes', () => {
    const stays = { pool: POOL, groups: [GROUP], cpuCores: 0 }
    const leaves = { pool: POOL, groups: [GROUP, GROUP], cpuCores: 64, from: day(12), until: day(15) }
    const commands = commandsOf(listing([leaves, stays]), NO_SLIPS)
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
    expect(commandsOf(listing([cores]), NO_SLIPS).at(-1)).toEqual({
      at: day(15),
      command: { kind: 'removeNodes', poolId: POOL.id, firstNode: 0, nodes: 0, cpuCores: 64 },
    })
  })
})

describe('what agreements bring', () => {
  const reserved = anAgreement({
    id: 'reserved',
    lines: [
      aLine({
        id: 'racks',
        tranches: [
          aTranche({ id: 'first', accelerators: said(24) }),
          aTranche({ id: 'second', accelerators: said(16), promised: said(at('2026-03-07')) }),
        ],
      }),
    ],
  })
  const brief = anAgreement({
    id: 'brief',
    term: aTerm('2026-01-01', '2026-03-09'),
    lines: [aLine({ tranches: [aTranche({ accelerators: said(4), promised: said(at('2026-03-05')) })] })],
  })

  /** Accelerators that come, or the first node and the number of those that go, by day of March. */
  function told(agreements: readonly Agreement[], slips = NO_SLIPS): string[] {
    return commandsOf(anEmptyPortfolio({ agreements }), slips).flatMap(({ at, command }) => {
      const date = new Date(at).getUTCDate()
      if (command.kind === 'addNodes') return [`${date}: +${acceleratorsIn(command.nodes)}`]
      if (command.kind === 'removeNodes') return [`${date}: -#${command.firstNode}, ${command.nodes}`]
      return []
    })
  }

  test('comes when it is delivered, and goes when its agreement ends, by the numbers its nodes were given', () => {
    expect(told([reserved])).toEqual(['2: +24', '7: +16'])
    expect(told([brief, reserved])).toEqual(['2: +24', '5: +4', '9: -#6, 1', '7: +16'])
  })

  test('comes as much later as is supposed, unless that is after the window', () => {
    expect(told([reserved], new Map([['reserved/racks/second', 3 * DAY_MS]]))).toEqual(['2: +24', '10: +16'])
    expect(told([reserved], new Map([['reserved/racks', 65 * DAY_MS]]))).toEqual(['7: +24'])
  })

  test('is at every moment what the capacity of the portfolio says, and no node goes twice', () => {
    const days = fc.integer({ min: 0, max: 900 })
    fc.assert(
      fc.property(fc.array(drawnAgreements, { maxLength: 3 }), days, days, (drawn, from, length) => {
        const agreements = drawn.map((agreement, n) => ({ ...agreement, id: `a${n}` }))
        const start = later(at('2024-01-15'), from * DAY_MS)
        const window = { start, until: later(start, (length + 1) * DAY_MS) }
        const portfolio = anEmptyPortfolio({ agreements, window, horizon: window, hardware: HARDWARE })
        const present = new Presence(commandsOf(portfolio, NO_SLIPS))
        const capacity = capacityOf({ ...portfolio, slips: NO_SLIPS })
        for (const { pool, delivered } of capacity) {
          for (const moment of [window.start, ...delivered.times.filter((time) => includes(window, time))])
            expect(present.at(pool.id, moment)).toBe(valueAt(delivered, moment))
        }
      }),
    )
  })
})

const HARDWARE = ['gb200', 'h100'].map((id) => ({
  id,
  name: id,
  shape: { acceleratorsPerNode: 4, nodesPerDomain: 2 },
  confidence: 'H' as const,
  source: 'a test',
}))

/** Every node listed, as the commands bring and take it. */
class Presence {
  readonly #nodes = new Map<string, { accelerators: number; from: Instant; until: number }[]>()

  constructor(commands: readonly TimedCommand[]) {
    for (const { at, command } of [...commands].sort((a, b) => a.at - b.at)) this.#take(at, command)
  }

  at(poolId: string, moment: Instant): number {
    return (this.#nodes.get(poolId) ?? [])
      .filter(({ from, until }) => from <= moment && moment < until)
      .reduce((sum, { accelerators }) => sum + accelerators, 0)
  }

  #take(at: Instant, command: PlannedCommand): void {
    if (command.kind === 'openPool') this.#nodes.set(command.pool.id, [])
    if (command.kind === 'addNodes') {
      const nodes = this.#nodes.get(command.poolId)
      for (const { domains, nodesPerDomain, acceleratorsPerNode } of command.nodes)
        for (let n = 0; n < domains * nodesPerDomain; n++)
          nodes?.push({ accelerators: acceleratorsPerNode, from: at, until: Number.POSITIVE_INFINITY })
    }
    if (command.kind === 'removeNodes') {
      for (let n = command.firstNode; n < command.firstNode + command.nodes; n++) {
        const node = this.#nodes.get(command.poolId)?.[n]
        expect(node?.until).toBe(Number.POSITIVE_INFINITY)
        if (node) node.until = at
      }
    }
  }
}

test('a pool opens with what is said of its upkeep, else of that of its hardware', () => {
  const pool = poolOf({ provider: 'own', region: 'here', hardware: 'h100', fabric: 'default' })
  const delivery = {
    pool,
    source: 'fleet/0',
    groups: [],
    cpuCores: 4,
    firstNode: 0,
    start: at('2026-01-01'),
    until: at('2026-02-01'),
  }
  const opened = (...upkeep: StatedUpkeep[]) =>
    supplyCommands([delivery], spanOf('2026-01-01', '2026-02-01'), upkeep)[0]?.command
  const general = { hardware: 'h100', sparesPerDomain: 1 }
  expect(opened(general, { pool: pool.id, sparesPerDomain: 2 })).toMatchObject({
    pool: { upkeep: { sparesPerDomain: 2 } },
  })
  expect(opened(general)).toMatchObject({ pool: { upkeep: { sparesPerDomain: 1 } } })
  expect(opened()).toEqual({ kind: 'openPool', pool })
})
