import { describe, expect, it } from 'vitest'
import type { NodeRun } from '../allocation/events.ts'
import { NodeLedger } from './node-ledger.ts'

/** `seats` are in use when something is kept for the first time. */
function ledger(nodes: number, seats: readonly NodeRun[] = []): NodeLedger {
  const made = new NodeLedger(() => [seats])
  made.add([{ domains: nodes, nodesPerDomain: 1, acceleratorsPerNode: 8, domainsPerBlock: 32 }])
  return made
}

describe('the nodes of a pool', () => {
  it('keep their numbers as more arrive, however many', () => {
    const seat = { first: 0, nodes: 1, each: 8 }
    const nodes = ledger(3, [seat])
    nodes.fail(1)
    nodes.use([seat], 1)
    nodes.want([{ first: 0, nodes: 1, each: 8 }], 1)
    nodes.add([{ domains: 500, nodesPerDomain: 2, acceleratorsPerNode: 4, domainsPerBlock: 8 }])
    nodes.fail(2)
    nodes.fail(1002)
    expect([nodes.present, nodes.broken, nodes.kept]).toEqual([24 + 4000, 8 + 8 + 4, 0])
    nodes.restore(1)
    expect(nodes.broken).toBe(8 + 4)
  })

  it('are broken once and restored once, whatever is said twice', () => {
    const nodes = ledger(2)
    nodes.fail(0)
    nodes.fail(0)
    expect(nodes.broken).toBe(8)
    nodes.restore(0)
    nodes.restore(0)
    nodes.restore(1)
    expect(nodes.broken).toBe(0)
  })

  it('are no longer broken when they are removed, and never come back', () => {
    const nodes = ledger(4)
    nodes.fail(1)
    nodes.remove(0, 2)
    nodes.remove(1, 2)
    nodes.restore(1)
    nodes.fail(0)
    expect([nodes.present, nodes.broken]).toEqual([8, 0])
  })

  it('keep what is free of a wanted room, and more of it as it becomes free', () => {
    const run = (first: number, each: number) => [{ first, nodes: 1, each }]
    const nodes = ledger(3, run(0, 6))
    nodes.use(run(0, 6), 1)
    nodes.want([...run(0, 8), ...run(1, 4)], 1)
    expect(nodes.kept).toBe(2 + 4)
    nodes.use(run(0, 6), -1)
    expect(nodes.kept).toBe(8 + 4)
    nodes.fail(1)
    expect(nodes.kept).toBe(8)
    nodes.restore(1)
    nodes.remove(0, 1)
    expect(nodes.kept).toBe(4)
    nodes.want([...run(0, 8), ...run(1, 4)], -1)
    expect([nodes.kept, nodes.used]).toEqual([0, 0])
  })

  it('count what comes and goes node by node from when something was kept, and ask for those in use once', () => {
    const seats = [{ first: 0, nodes: 2, each: 8 }]
    let asked = 0
    const nodes = new NodeLedger(() => {
      asked += 1
      return [seats]
    })
    nodes.add([{ domains: 3, nodesPerDomain: 1, acceleratorsPerNode: 8, domainsPerBlock: 32 }])
    nodes.use([{ first: 0, nodes: 3, each: 8 }], 1)
    nodes.use([{ first: 2, nodes: 1, each: 8 }], -1)
    expect([nodes.used, asked]).toEqual([16, 0])
    nodes.want([{ first: 1, nodes: 2, each: 8 }], 1)
    expect(nodes.kept).toBe(8)
    nodes.want([{ first: 1, nodes: 2, each: 8 }], -1)
    nodes.use(seats, -1)
    nodes.want([{ first: 0, nodes: 1, each: 8 }], 1)
    expect([nodes.used, nodes.kept, asked]).toEqual([0, 8, 1])
  })
})
