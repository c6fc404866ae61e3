import { describe, expect, it } from 'vitest'
import { NodeLedger } from './node-ledger.ts'

function ledger(nodes: number, size = 8): NodeLedger {
  const made = new NodeLedger()
  made.add([{ domains: nodes, nodesPerDomain: 1, acceleratorsPerNode: size, domainsPerBlock: 32 }])
  return made
}

describe('the nodes of a pool', () => {
  it('keep their numbers as more arrive, however many', () => {
    const nodes = ledger(3)
    nodes.add([{ domains: 500, nodesPerDomain: 2, acceleratorsPerNode: 4, domainsPerBlock: 8 }])
    nodes.fail(2)
    nodes.fail(1002)
    expect([nodes.present, nodes.broken]).toEqual([24 + 4000, 8 + 4])
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
})
