import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { NodeRun } from './events.ts'
import { FreeIndex } from './free-index.ts'
import { chooseNodes, type PlacementNeed } from './placement.ts'

const pool = fc.record({
  domains: fc.integer({ min: 1, max: 6 }),
  nodesPerDomain: fc.integer({ min: 1, max: 3 }),
  acceleratorsPerNode: fc.integer({ min: 1, max: 8 }),
  domainsPerBlock: fc.integer({ min: 1, max: 3 }),
  /** What is held of each node, as a part of it. */
  held: fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 18, maxLength: 18 }),
})

const need = fc.record({
  members: fc.integer({ min: 1, max: 12 }),
  each: fc.integer({ min: 1, max: 8 }),
  within: fc.record({
    level: fc.constantFrom('node' as const, 'domain' as const, 'block' as const, 'pool' as const),
    required: fc.boolean(),
  }),
})

test('what is chosen is free, whole on its nodes and as close as it must be; nothing is chosen only where nothing fits', () => {
  fc.assert(
    fc.property(pool, need, ({ held, ...group }, wanted) => {
      const index = new FreeIndex()
      index.add([group])
      const free = freeByNode(group, held)
      free.forEach((left, node) => {
        const taken = group.acceleratorsPerNode - left
        if (taken > 0) index.take([{ first: node, nodes: 1, each: taken }])
      })
      const runs = chooseNodes(index, wanted)
      expect(runs !== undefined).toBe(fitsSomewhere(group, free, wanted))
      if (runs) expectValid(runs, group, free, wanted)
    }),
    { numRuns: 2_000 },
  )
})

type Group = { domains: number; nodesPerDomain: number; acceleratorsPerNode: number; domainsPerBlock: number }

function freeByNode(
  { domains, nodesPerDomain, acceleratorsPerNode }: Group,
  held: readonly number[],
): number[] {
  return Array.from({ length: domains * nodesPerDomain }, (_, n) =>
    Math.max(0, acceleratorsPerNode - (held[n] ?? 0)),
  )
}

/** Which node, domain, block or pool each node belongs to. */
function placesAt(level: PlacementNeed['within']['level'], group: Group, node: number): number {
  const domain = Math.floor(node / group.nodesPerDomain)
  if (level === 'node') return node
  if (level === 'domain') return domain
  return level === 'block' ? Math.floor(domain / group.domainsPerBlock) : 0
}

/** Members that fit, counted place by place; a need that is only preferred may spread over the pool. */
function fitsSomewhere(
  group: Group,
  free: readonly number[],
  { members, each, within }: PlacementNeed,
): boolean {
  const level = within.required ? within.level : 'pool'
  const room = new Map<number, number>()
  free.forEach((left, node) => {
    const place = placesAt(level, group, node)
    room.set(place, (room.get(place) ?? 0) + Math.floor(left / each))
  })
  return [...room.values()].some((count) => count >= members)
}

function expectValid(
  runs: readonly NodeRun[],
  group: Group,
  free: readonly number[],
  wanted: PlacementNeed,
): void {
  const taken = new Map<number, number>()
  for (const { first, nodes, each } of runs) {
    for (let node = first; node < first + nodes; node++) {
      expect(taken.has(node)).toBe(false)
      taken.set(node, each)
    }
  }
  expect([...taken.values()].reduce((sum, each) => sum + each, 0)).toBe(wanted.members * wanted.each)
  for (const [node, each] of taken) {
    expect(each).toBeLessThanOrEqual(free[node] ?? 0)
    expect(each % wanted.each).toBe(0)
  }
  if (!wanted.within.required) return
  const places = [...taken.keys()].map((node) => placesAt(wanted.within.level, group, node))
  expect(new Set(places).size).toBe(1)
}
