import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ListedNode, type SiteTopology, topologiesOf } from './listed-topology.ts'
import { acceleratorsIn, nodesIn } from './topology.ts'

function node(place: string, name: string, accelerators = 8): ListedNode {
  const [site = '', block = '', domain = ''] = place.split('/')
  return { site, block, domain, node: name, accelerators }
}

function sitesOf(...listed: ListedNode[]): readonly SiteTopology[] {
  const found = topologiesOf(listed)
  return found.ok ? found.value : []
}

describe('topologiesOf', () => {
  it('keeps nodes apart that differ in cores or memory, and says what they have', () => {
    const small = { ...node('s/b/d', 'n1'), cpuCores: 64, memoryMiB: 1000 }
    const [site] = sitesOf(
      small,
      { ...small, node: 'n2' },
      { ...small, node: 'n3', cpuCores: 96.5 },
      node('s/b/d', 'n4'),
    )
    const built = { domains: 1, acceleratorsPerNode: 8, domainsPerBlock: 1 }
    expect(site?.groups).toEqual([
      { ...built, nodesPerDomain: 2, cpuCoresPerNode: 64, memoryMiBPerNode: 1000 },
      { ...built, nodesPerDomain: 1, cpuCoresPerNode: 96.5, memoryMiBPerNode: 1000, continuesBlock: true },
      { ...built, nodesPerDomain: 1, continuesBlock: true },
    ])
  })

  it('brings together what lies together, in whatever order it is listed', () => {
    const [site] = sitesOf(
      node('s/b1/d1', 'n1'),
      node('s/b2/d1', 'n2'),
      node('s/b1/d2', 'n3'),
      node('s/b1/d1', 'n4'),
      node('s/b1/d2', 'n5'),
    )
    expect(site?.nodes).toEqual(['n1', 'n4', 'n3', 'n5', 'n2'])
    expect(site?.groups).toEqual([
      { domains: 2, nodesPerDomain: 2, acceleratorsPerNode: 8, domainsPerBlock: 2 },
      { domains: 1, nodesPerDomain: 1, acceleratorsPerNode: 8, domainsPerBlock: 1 },
    ])
  })

  it('keeps domains of different sizes in one block', () => {
    const [site] = sitesOf(node('s/b/d1', 'n1'), node('s/b/d1', 'n2'), node('s/b/d2', 'n3'))
    expect(site?.groups).toEqual([
      { domains: 1, nodesPerDomain: 2, acceleratorsPerNode: 8, domainsPerBlock: 1 },
      { domains: 1, nodesPerDomain: 1, acceleratorsPerNode: 8, domainsPerBlock: 1, continuesBlock: true },
    ])
  })

  it('sets nodes of another size beside the rest of their domain', () => {
    const [site] = sitesOf(node('s/b/d', 'broken', 7), node('s/b/d', 'n1'), node('s/b/d', 'n2'))
    expect(site?.nodes).toEqual(['n1', 'n2', 'broken'])
    expect(
      site?.groups.map(({ acceleratorsPerNode, continuesBlock }) => [acceleratorsPerNode, continuesBlock]),
    ).toEqual([
      [8, undefined],
      [7, true],
    ])
  })

  it('keeps sites apart, and blocks of the same name in them', () => {
    expect(sitesOf(node('s1/b/d', 'n'), node('s2/b/d', 'n')).map(({ site, nodes }) => [site, nodes])).toEqual(
      [
        ['s1', ['n']],
        ['s2', ['n']],
      ],
    )
  })

  it('names nodes without accelerators and gives them no place', () => {
    const [site] = sitesOf(node('s/b/d', 'cpu', 0), node('s/b/d', 'n'))
    expect([site?.nodes, site?.withoutAccelerators]).toEqual([['n'], ['cpu']])
  })

  it('says all that is wrong at once', () => {
    const listed = [
      node('s/b/d', 'n'),
      node('s/b/e', 'n'),
      node('s/b/d', ''),
      node('s/b/d', 'm', 1.5),
      node('s/b/d', 'k', -1),
    ]
    expect(topologiesOf(listed)).toEqual({
      ok: false,
      problems: [
        { code: 'nodeListedTwice', row: 1, firstRow: 0, node: 'n' },
        { code: 'nodeWithoutName', row: 2 },
        { code: 'acceleratorsNotWhole', row: 3, accelerators: 1.5 },
        { code: 'acceleratorsNotWhole', row: 4, accelerators: -1 },
      ],
    })
  })

  it('places every node once, next to those of its own domain', () => {
    const places = fc.tuple(fc.nat({ max: 1 }), fc.nat({ max: 3 }), fc.nat({ max: 3 }), fc.nat({ max: 9 }))
    fc.assert(
      fc.property(fc.array(places, { maxLength: 40 }), (list) => {
        const listed = list.map(([s, b, d, accelerators], i) =>
          node(`s${s}/b${b}/d${d}`, `n${i}`, accelerators),
        )
        for (const { site, groups, nodes, withoutAccelerators } of sitesOf(...listed)) {
          const there = listed.filter((one) => one.site === site)
          expect([...nodes, ...withoutAccelerators].sort()).toEqual(there.map((one) => one.node).sort())
          expect(nodesIn(groups)).toBe(nodes.length)
          expect(acceleratorsIn(groups)).toBe(there.reduce((sum, { accelerators }) => sum + accelerators, 0))
          expectSamePlaces(groups, nodes, there)
        }
      }),
    )
  })
})

/** Walks the groups node by node: a domain of the groups holds nodes of one listed domain, a block those of one listed block. */
function expectSamePlaces(
  groups: SiteTopology['groups'],
  nodes: readonly string[],
  listed: readonly ListedNode[],
): void {
  const blocksOf = new Map<number, Set<string>>()
  let block = -1
  let next = 0
  for (const { domains, nodesPerDomain, acceleratorsPerNode, domainsPerBlock, continuesBlock } of groups)
    for (let domain = 0; domain < domains; domain++) {
      if (domain % domainsPerBlock === 0 && !(domain === 0 && continuesBlock)) block += 1
      const members = nodes
        .slice(next, next + nodesPerDomain)
        .map((name) => listed.find((one) => one.node === name))
      next += nodesPerDomain
      expect(new Set(members.map((one) => `${one?.block}/${one?.domain}`)).size).toBe(1)
      expect(new Set(members.map((one) => one?.accelerators))).toEqual(new Set([acceleratorsPerNode]))
      const seen = blocksOf.get(block) ?? new Set()
      blocksOf.set(block, seen.add(members[0]?.block ?? ''))
    }
  for (const seen of blocksOf.values()) expect(seen.size).toBe(1)
  expect(blocksOf.size).toBe(
    new Set(listed.filter((one) => one.accelerators > 0).map((one) => one.block)).size,
  )
}
