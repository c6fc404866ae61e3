import type { FreeIndex } from '../free-index.ts'
import type { Broken } from './broken.ts'
import { type CountedPool, takesGangs } from './recount.ts'

/** What a pool's index says against what is held on each node, counted in plain loops. */
export function indexRules(pool: CountedPool, held: ReadonlyMap<number, number>, index: FreeIndex): Broken[] {
  const counted = countFree(pool, held)
  const broken: Broken[] = []
  const expect = (what: string, expected: number, found: number | undefined): void => {
    if (expected !== found)
      broken.push({
        rule: 'indexIsCounted',
        subject: `${pool.pool.id} ${what}`,
        expected,
        found: found ?? 'nothing',
      })
  }
  expect('nodes', pool.nodes.length, index.nodes)
  expect('capacity', counted.capacity, index.capacity)
  expect('free', sumOf(counted.byDomain), index.free)
  pool.nodes.forEach((node, n) => {
    expect(`node ${n} free`, counted.byNode[n] ?? 0, index.freeOf(n))
    expect(`node ${n} held`, held.get(n) ?? 0, index.heldOn(n))
    expect(`node ${n} online`, takesGangs(node) ? 1 : 0, index.isOnline(n) ? 1 : 0)
    expect(`node ${n} removed`, node.isRemoved ? 1 : 0, index.isRetired(n) ? 1 : 0)
  })
  expect('domains', counted.byDomain.length, index.domains)
  for (const [d, free] of counted.byDomain.entries()) expect(`domain ${d} free`, free, index.freeInDomain(d))
  expect('blocks', counted.byBlock.length, index.blocks)
  for (const [b, free] of counted.byBlock.entries()) expect(`block ${b} free`, free, index.freeInBlock(b))
  for (const [b, whole] of counted.wholeByBlock.entries())
    expect(`block ${b} whole domains`, whole, index.wholeInBlock(b))
  return [...broken, ...orderRules(pool.pool.id, counted, index)]
}

interface CountedFree {
  readonly capacity: number
  readonly byNode: readonly number[]
  readonly byDomain: readonly number[]
  readonly byBlock: readonly number[]
  readonly wholeByBlock: readonly number[]
}

function countFree({ nodes }: CountedPool, held: ReadonlyMap<number, number>): CountedFree {
  const byNode: number[] = []
  const byDomain: number[] = []
  const builtByDomain: number[] = []
  const byBlock: number[] = []
  const blockOfDomain: number[] = []
  let capacity = 0
  nodes.forEach((node, n) => {
    const free = takesGangs(node) ? node.capacity - (held.get(n) ?? 0) : 0
    byNode.push(free)
    byDomain[node.domain] = (byDomain[node.domain] ?? 0) + free
    builtByDomain[node.domain] = (builtByDomain[node.domain] ?? 0) + node.capacity
    byBlock[node.block] = (byBlock[node.block] ?? 0) + free
    blockOfDomain[node.domain] = node.block
    if (!node.isRemoved) capacity += node.capacity
  })
  const wholeByBlock = byBlock.map(
    (_, block) =>
      byDomain.filter((free, domain) => blockOfDomain[domain] === block && free === builtByDomain[domain])
        .length,
  )
  return { capacity, byNode, byDomain, byBlock, wholeByBlock }
}

/** The orders in which domains and blocks are visited: by what is free in them, the smaller number first among equals. */
function orderRules(subject: string, counted: CountedFree, index: FreeIndex): Broken[] {
  const rising = numbered(counted.byDomain).sort((a, b) => a.value - b.value || a.number - b.number)
  const falling = numbered(counted.byDomain).sort((a, b) => b.value - a.value || a.number - b.number)
  const wholest = numbered(counted.wholeByBlock).sort((a, b) => b.value - a.value || a.number - b.number)
  const byWhole = numbered(counted.wholeByBlock).sort((a, b) => a.value - b.value || a.number - b.number)
  const most = wholest[0]?.value ?? 0
  const largest = falling[0]?.value ?? 0
  const lists: [string, readonly number[], readonly number[]][] = [
    [
      'emptiest domains',
      falling.filter(({ value }) => value > 0).map(({ number }) => number),
      listed((after) => index.nextEmptiest(after)),
    ],
    [
      'wholest blocks',
      wholest.filter(({ value }) => value > 0).map(({ number }) => number),
      listed((after) => index.nextWholest(after)),
    ],
  ]
  for (let n = 1; n <= largest + 1; n++) {
    const expected = rising.filter(({ value }) => value >= n).map(({ number }) => number)
    lists.push([
      `fullest domains from ${n}`,
      expected,
      listed((after) => (after === undefined ? index.nextFullest(n) : index.nextFullest(n, after))),
    ])
  }
  for (let n = 1; n <= most + 1; n++) {
    const expected = byWhole.find(({ value }) => value >= n)?.number ?? -1
    lists.push([`block with ${n} whole domains`, [expected], [index.blockWithWhole(n)]])
  }
  return lists
    .filter(([, expected, found]) => expected.join() !== found.join())
    .map(([what, expected, found]) => ({
      rule: 'indexIsOrdered' as const,
      subject: `${subject} ${what}`,
      expected: expected.join(),
      found: found.join(),
    }))
}

function numbered(values: readonly number[]): { readonly number: number; readonly value: number }[] {
  return values.map((value, number) => ({ number, value }))
}

/** All that an order visits; cut off where it does not end. */
function listed(next: (after: number | undefined) => number): number[] {
  const visited: number[] = []
  for (let at = next(undefined); at >= 0 && visited.length < 100_000; at = next(at)) visited.push(at)
  return visited
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
