import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { acceleratorsIn, type NodeGroup, nodeGroupsOf, nodesIn, usualDomainsPerBlock } from './topology.ts'

const NVL72 = { acceleratorsPerNode: 4, nodesPerDomain: 18 }
const HGX = { acceleratorsPerNode: 8, nodesPerDomain: 1 }

describe('nodeGroupsOf', () => {
  it('builds racks of 18 nodes of 4, in blocks of 8 racks', () => {
    expect(nodeGroupsOf(NVL72, 72 * 100)).toEqual([
      { domains: 100, nodesPerDomain: 18, acceleratorsPerNode: 4, domainsPerBlock: 8 },
    ])
  })

  it('builds 2,490 accelerators as 311 nodes of 8 and one of 2', () => {
    expect(nodeGroupsOf(HGX, 2_490)).toEqual([
      { domains: 311, nodesPerDomain: 1, acceleratorsPerNode: 8, domainsPerBlock: 32 },
      { domains: 1, nodesPerDomain: 1, acceleratorsPerNode: 2, domainsPerBlock: 32, continuesBlock: true },
    ])
  })

  it('makes a smaller last rack, and a smaller last node, of what does not fill one', () => {
    expect(nodeGroupsOf(NVL72, 72 + 4 * 5 + 3, 2)).toEqual([
      { domains: 1, nodesPerDomain: 18, acceleratorsPerNode: 4, domainsPerBlock: 2 },
      { domains: 1, nodesPerDomain: 5, acceleratorsPerNode: 4, domainsPerBlock: 2, continuesBlock: true },
      { domains: 1, nodesPerDomain: 1, acceleratorsPerNode: 3, domainsPerBlock: 2 },
    ])
  })

  it('builds nothing of nothing, and a single node of a few', () => {
    expect(nodeGroupsOf(HGX, 0)).toEqual([])
    expect(nodeGroupsOf(NVL72, 3)).toEqual([
      { domains: 1, nodesPerDomain: 1, acceleratorsPerNode: 3, domainsPerBlock: 8 },
    ])
  })

  it('stops at half an accelerator', () => {
    expect(() => nodeGroupsOf(HGX, 1.5)).toThrow('whole')
  })

  it('loses no accelerator, fills all nodes but one, and no block beyond its size', () => {
    const shapes = fc.record({
      acceleratorsPerNode: fc.integer({ min: 1, max: 16 }),
      nodesPerDomain: fc.integer({ min: 1, max: 20 }),
    })
    fc.assert(
      fc.property(
        shapes,
        fc.nat({ max: 100_000 }),
        fc.integer({ min: 1, max: 40 }),
        (shape, accelerators, perBlock) => {
          const groups = nodeGroupsOf(shape, accelerators, perBlock)
          expect(acceleratorsIn(groups)).toBe(accelerators)
          expect(nodesIn(groups)).toBe(Math.ceil(accelerators / shape.acceleratorsPerNode))
          const blocks = domainsByBlock(groups)
          const domains = groups.reduce((sum, group) => sum + group.domains, 0)
          expect(blocks.reduce((sum, count) => sum + count, 0)).toBe(domains)
          for (const count of blocks.slice(0, -1)) expect(count).toBe(perBlock)
          expect(blocks.at(-1) ?? 1).toBeLessThanOrEqual(perBlock)
        },
      ),
    )
  })
})

/** Builds the domains one by one, as one who lays them out would. */
function domainsByBlock(groups: readonly NodeGroup[]): number[] {
  const blocks: number[] = []
  for (const { domains, domainsPerBlock, continuesBlock } of groups)
    for (let domain = 0; domain < domains; domain++) {
      const joins = domain % domainsPerBlock > 0 || (domain === 0 && continuesBlock === true)
      if (joins) blocks[blocks.length - 1] = (blocks.at(-1) ?? 0) + 1
      else blocks.push(1)
    }
  return blocks
}

it('puts 8 racks or 32 nodes under a spine where nothing else is known', () => {
  expect([usualDomainsPerBlock(NVL72), usualDomainsPerBlock(HGX)]).toEqual([8, 32])
})
