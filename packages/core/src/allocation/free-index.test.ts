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

  add({ domains, nodesPerDomain, acceleratorsPerNode, domainsPerBlock }: NodeGroup): void {
    for (let d = 0; d < domains; d++, this.#domains++) {
      if (d % domainsPerBlock === 0) this.#blocks += 1
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
})

const step = fc.oneof(
  { weight: 1, arbitrary: fc.record({ does: fc.constant('add' as const), group }) },
  {
    weight: 12,
    arbitrary: fc.record({
      does: fc.constantFrom('take', 'give', 'fail', 'return', 'retire'),
      node: fc.nat(60),
      each: fc.integer({ min: 1, max: 4 }),
    }),
  },
)

test('counts, buckets and their order are those of a pool looked through from end to end', () => {
  fc.assert(
    fc.property(group, fc.array(step, { maxLength: 80 }), (first, steps) => {
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

type Step = { does: 'add'; group: NodeGroup } | { does: string; node: number; each: number }

function apply(index: FreeIndex, slow: SlowPool, step: Step): void {
  if ('group' in step) {
    index.add([step.group])
    slow.add(step.group)
    return
  }
  const number = step.node % slow.nodes.length
  const node = slow.nodes[number]
  if (!node) return
  const run = { first: number, nodes: 1, each: step.each }
  if (step.does === 'take' && slow.free(number) >= step.each) {
    index.take([run])
    node.held += step.each
  } else if (step.does === 'give' && node.held >= step.each) {
    index.give([run])
    node.held -= step.each
  } else if ((step.does === 'fail' || step.does === 'return') && !node.retired) {
    index.setOnline(number, step.does === 'return')
    node.online = step.does === 'return'
  } else if (step.does === 'retire') {
    index.retire(number, 1)
    node.online = false
    node.retired = true
  }
}

function expectSame(index: FreeIndex, slow: SlowPool): void {
  const domains = slow.domains()
  const whole = slow.wholeByBlock()
  expect(slow.nodes.map((_, n) => index.freeOf(n))).toEqual(slow.nodes.map((_, n) => slow.free(n)))
  expect(index.free).toBe(domains.reduce((sum, { free }) => sum + free, 0))
  expect(index.capacity).toBe(slow.nodes.reduce((sum, { size, retired }) => sum + (retired ? 0 : size), 0))
  const numbered = domains.map(({ free }, domain) => ({ free, domain }))
  for (const atLeast of [0, 1, 3]) {
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
