import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { NodeGroup } from '../capacity/topology.ts'
import { FreeIndex } from './free-index.ts'

/** The same pool in plain records, looked through from end to end at every question. */
class SlowPool {
  readonly nodes: {
    domain: number
    block: number
    size: number
    held: number
    online: boolean
    retired: boolean
  }[] = []
  #domains = 0
  #blocks = 0

  add({ domains, nodesPerDomain, acceleratorsPerNode, domainsPerBlock, continuesBlock }: NodeGroup): void {
    for (let d = 0; d < domains; d++, this.#domains++) {
      const joins = d === 0 && continuesBlock === true && this.#blocks > 0
      if (d % domainsPerBlock === 0 && !joins) this.#blocks += 1
      for (let n = 0; n < nodesPerDomain; n++) {
        const place = { domain: this.#domains, block: this.#blocks - 1 }
        this.nodes.push({ ...place, size: acceleratorsPerNode, held: 0, online: true, retired: false })
      }
    }
  }

  free(node: number): number {
    const { online, size, held } = this.nodes[node] ?? { online: false, size: 0, held: 0 }
    return online ? size - held : 0
  }

  /** Free and whole size by domain, in the order of domains. */
  domains(): { free: number; size: number; block: number }[] {
    return Array.from({ length: this.#domains }, (_, domain) => {
      const own = this.nodes.flatMap((node, n) => (node.domain === domain ? [n] : []))
      return {
        free: own.reduce((sum, n) => sum + this.free(n), 0),
        size: own.reduce((sum, n) => sum + (this.nodes[n]?.size ?? 0), 0),
        block: this.nodes[own[0] ?? 0]?.block ?? 0,
      }
    })
  }

  freeByBlock(): number[] {
    const free = Array.from({ length: this.#blocks }, () => 0)
    for (const domain of this.domains()) free[domain.block] = (free[domain.block] ?? 0) + domain.free
    return free
  }

  wholeByBlock(): number[] {
    const whole = Array.from({ length: this.#blocks }, () => 0)
    for (const { free, size, block } of this.domains())
      if (free === size) whole[block] = (whole[block] ?? 0) + 1
    return whole
  }
}

const group = fc.record({
  domains: fc.integer({ min: 1, max: 5 }),
  nodesPerDomain: fc.integer({ min: 1, max: 3 }),
  acceleratorsPerNode: fc.integer({ min: 1, max: 4 }),
  domainsPerBlock: fc.integer({ min: 1, max: 3 }),
  continuesBlock: fc.boolean(),
})

const step = fc.oneof(
  { weight: 1, arbitrary: fc.record({ does: fc.constant('add' as const), group }) },
  {
    weight: 12,
    arbitrary: fc.record({
      does: fc.constantFrom('take', 'give', 'fail', 'return', 'retire'),
      node: fc.nat(60),
      /** Consecutive ones, of one domain or several. */
      nodes: fc.integer({ min: 1, max: 4 }),
      each: fc.integer({ min: 1, max: 4 }),
    }),
  },
)

test('counts, buckets and their order are those of a pool looked through from end to end', () => {
  fc.assert(
    fc.property(group, fc.array(step, { minLength: 10, maxLength: 60, size: 'max' }), (first, steps) => {
      const index = new FreeIndex()
      const slow = new SlowPool()
      index.add([first])
      slow.add(first)
      for (const taken of steps) {
        apply(index, slow, taken)
        expectSame(index, slow)
      }
    }),
    { numRuns: 150 },
  )
})

type Step = { does: 'add'; group: NodeGroup } | { does: string; node: number; nodes: number; each: number }

function apply(index: FreeIndex, slow: SlowPool, step: Step): void {
  if ('group' in step) {
    index.add([step.group])
    slow.add(step.group)
    return
  }
  const { does, each } = step
  const first = step.node % slow.nodes.length
  const run = { first, nodes: Math.min(step.nodes, slow.nodes.length - first), each }
  const numbers = Array.from({ length: run.nodes }, (_, n) => first + n)
  const nodes = slow.nodes.slice(first, first + run.nodes)
  if (does === 'take' && numbers.every((number) => slow.free(number) >= each)) {
    index.take([run])
    for (const node of nodes) node.held += each
  } else if (does === 'give' && nodes.every(({ held }) => held >= each)) {
    index.give([run])
    for (const node of nodes) node.held -= each
  } else if (does === 'retire') {
    index.retire(first, run.nodes)
    for (const node of nodes) Object.assign(node, { online: false, retired: true })
  } else if (does === 'fail' || does === 'return') setOnline(index, slow, first, does === 'return')
}

function setOnline(index: FreeIndex, slow: SlowPool, number: number, online: boolean): void {
  const node = slow.nodes[number]
  if (!node || node.retired) return
  index.setOnline(number, online)
  node.online = online
}

function expectSame(index: FreeIndex, slow: SlowPool): void {
  const domains = slow.domains()
  const whole = slow.wholeByBlock()
  expect(slow.nodes.map((_, n) => index.freeOf(n))).toEqual(slow.nodes.map((_, n) => slow.free(n)))
  expect(index.free).toBe(domains.reduce((sum, { free }) => sum + free, 0))
  expect(index.capacity).toBe(slow.nodes.reduce((sum, { size, retired }) => sum + (retired ? 0 : size), 0))
  expect(domains.map((_, d) => index.freeInDomain(d))).toEqual(domains.map(({ free }) => free))
  expect(whole.map((_, b) => index.freeInBlock(b))).toEqual(slow.freeByBlock())
  expect(whole.map((_, b) => index.wholeInBlock(b))).toEqual(whole)
  const numbered = domains.map(({ free }, domain) => ({ free, domain }))
  for (const atLeast of [1, 2, 3]) {
    const fullest = numbered
      .filter(({ free }) => free >= atLeast)
      .sort((a, b) => a.free - b.free || a.domain - b.domain)
    expect(visit((after) => index.nextFullest(atLeast, after))).toEqual(fullest.map(({ domain }) => domain))
  }
  const emptiest = numbered
    .filter(({ free }) => free > 0)
    .sort((a, b) => b.free - a.free || a.domain - b.domain)
  expect(visit((after) => index.nextEmptiest(after))).toEqual(emptiest.map(({ domain }) => domain))
  const blocks = whole.map((count, block) => ({ count, block }))
  const wholest = blocks
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || a.block - b.block)
  expect(visit((after) => index.nextWholest(after))).toEqual(wholest.map(({ block }) => block))
  for (const wanted of [1, 2, 3]) {
    const closest = blocks
      .filter(({ count }) => count >= wanted)
      .sort((a, b) => a.count - b.count || a.block - b.block)
    expect(index.blockWithWhole(wanted)).toBe(closest[0]?.block ?? -1)
  }
}

function visit(next: (after?: number) => number): number[] {
  const seen: number[] = []
  for (let at = next(); at >= 0; at = next(at)) seen.push(at)
  return seen
}
