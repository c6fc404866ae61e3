import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { NodeGroup } from '../capacity/topology.ts'
import type { TopologyNeed } from '../demand/gang.ts'
import type { NodeRun } from './events.ts'
import { FreeIndex } from './free-index.ts'
import { chooseNodes, type PlacementNeed } from './placement.ts'

interface SlowNode {
  readonly number: number
  readonly domain: number
  readonly block: number
  readonly capacity: number
  readonly free: number
}

const group = fc.record({
  domains: fc.integer({ min: 1, max: 4 }),
  nodesPerDomain: fc.integer({ min: 1, max: 3 }),
  acceleratorsPerNode: fc.integer({ min: 1, max: 8 }),
  domainsPerBlock: fc.integer({ min: 1, max: 3 }),
})

/** What became of each node: a part of it is held, or it failed. */
const fate = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 8 }) },
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constant('failed' as const) },
)

const pool = fc
  .record({
    groups: fc.array(group, { minLength: 1, maxLength: 3 }),
    fates: fc.array(fate, { minLength: 36, maxLength: 36 }),
  })
  .map(({ groups, fates }) => build(groups, fates))

const need = fc.record({
  members: fc.integer({ min: 1, max: 16 }),
  each: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 8 })),
  within: fc.record({
    level: fc.constantFrom('node' as const, 'domain' as const, 'block' as const, 'pool' as const),
    required: fc.boolean(),
  }),
})

function build(
  groups: readonly NodeGroup[],
  fates: readonly (number | 'failed')[],
): { index: FreeIndex; nodes: SlowNode[] } {
  const index = new FreeIndex()
  index.add(groups)
  const nodes: SlowNode[] = []
  let domain = -1
  let block = -1
  for (const { domains, nodesPerDomain, acceleratorsPerNode: capacity, domainsPerBlock } of groups) {
    for (let d = 0; d < domains; d++) {
      domain += 1
      if (d % domainsPerBlock === 0) block += 1
      for (let n = 0; n < nodesPerDomain; n++) {
        const number = nodes.length
        const became = fates[number] ?? 0
        const held = became === 'failed' ? 0 : Math.min(capacity, became)
        if (became === 'failed') index.setOnline(number, false)
        else if (held > 0) index.take([{ first: number, nodes: 1, each: held }])
        const free = became === 'failed' ? 0 : capacity - held
        nodes.push({ number, domain, block, capacity, free })
      }
    }
  }
  return { index, nodes }
}

function unitOf(node: SlowNode, level: TopologyNeed['level']): number {
  return { node: node.number, domain: node.domain, block: node.block, pool: 0 }[level]
}

interface Unit {
  readonly free: number
  readonly seats: number
}

/** What each node, domain, block or the pool has free, in accelerators and in members of a size. */
function unitsAt(level: TopologyNeed['level'], nodes: readonly SlowNode[], each: number): Map<number, Unit> {
  const units = new Map<number, Unit>()
  for (const node of nodes) {
    const { free, seats } = units.get(unitOf(node, level)) ?? { free: 0, seats: 0 }
    units.set(unitOf(node, level), { free: free + node.free, seats: seats + Math.floor(node.free / each) })
  }
  return units
}

function takenBy(runs: readonly NodeRun[]): Map<number, number> {
  const taken = new Map<number, number>()
  for (const { first, nodes, each } of runs) {
    for (let node = first; node < first + nodes; node++) {
      expect(taken.has(node)).toBe(false)
      taken.set(node, each)
    }
  }
  return taken
}

function unitsOf(
  runs: readonly NodeRun[],
  level: TopologyNeed['level'],
  nodes: readonly SlowNode[],
): Set<number> {
  return new Set([...takenBy(runs).keys()].map((number) => unitOf(nodes[number] as SlowNode, level)))
}

test('something is chosen wherever a search of the whole pool finds room, and nothing elsewhere', () => {
  fc.assert(
    fc.property(pool, need, ({ index, nodes }, wanted) => {
      const level = wanted.within.required ? wanted.within.level : 'pool'
      const fits = [...unitsAt(level, nodes, wanted.each).values()].some(
        ({ seats }) => seats >= wanted.members,
      )
      expect(chooseNodes(index, wanted) !== undefined).toBe(fits)
    }),
    { numRuns: 2_000 },
  )
})

test('what is chosen is free, whole on its nodes, and as close as it must be', () => {
  fc.assert(
    fc.property(pool, need, ({ index, nodes }, wanted) => {
      const runs = chooseNodes(index, wanted)
      if (!runs) return
      const taken = takenBy(runs)
      for (const [number, accelerators] of taken) {
        expect(accelerators).toBeLessThanOrEqual(nodes[number]?.free ?? 0)
        expect(accelerators % wanted.each).toBe(0)
      }
      const sum = [...taken.values()].reduce((total, accelerators) => total + accelerators, 0)
      expect(sum).toBe(wanted.members * wanted.each)
      if (wanted.within.required) expect(unitsOf(runs, wanted.within.level, nodes).size).toBe(1)
    }),
    { numRuns: 2_000 },
  )
})

test('where one domain holds all, the fullest such one is taken', () => {
  fc.assert(
    fc.property(pool, need, ({ index, nodes }, { members, each, within }) => {
      const room = unitsAt('domain', nodes, each)
      const holding = [...room.values()].filter(({ seats }) => seats >= members)
      if (holding.length === 0) return
      const level = within.level === 'node' ? 'domain' : within.level
      const wanted: PlacementNeed = { members, each, within: { ...within, level } }
      const [domain = -1, ...more] = unitsOf(chooseNodes(index, wanted) ?? [], 'domain', nodes)
      expect(more).toEqual([])
      expect(room.get(domain)?.free).toBe(Math.min(...holding.map(({ free }) => free)))
    }),
    { numRuns: 1_000 },
  )
})

test('where one block holds all, no second one is touched', () => {
  fc.assert(
    fc.property(pool, need, ({ index, nodes }, { members, each, within }) => {
      const hasRoom = [...unitsAt('block', nodes, each).values()].some(({ seats }) => seats >= members)
      if (!hasRoom) return
      const runs = chooseNodes(index, { members, each, within: { ...within, required: false } })
      expect(unitsOf(runs ?? [], 'block', nodes).size).toBe(1)
    }),
    { numRuns: 1_000 },
  )
})

test('choosing changes nothing, and chooses the same again', () => {
  fc.assert(
    fc.property(pool, need, ({ index, nodes }, wanted) => {
      const first = chooseNodes(index, wanted)
      expect(chooseNodes(index, wanted)).toEqual(first)
      expect(nodes.map(({ number }) => index.freeOf(number))).toEqual(nodes.map(({ free }) => free))
    }),
    { numRuns: 300 },
  )
})
