import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { NodeRun } from './events.ts'
import type { GangState } from './gang-state.ts'
import { NodeHolders } from './node-holders.ts'

const NODES = 70

const run = fc
  .record({ first: fc.nat(NODES - 1), nodes: fc.integer({ min: 1, max: 40 }) })
  .map(({ first, nodes }): NodeRun => ({ first, nodes: Math.min(nodes, NODES - first), each: 1 }))
const step = fc.record({
  leaves: fc.boolean(),
  which: fc.nat(),
  end: fc.oneof(fc.nat(3), fc.constant(Number.POSITIVE_INFINITY)),
  runs: fc.array(run, { minLength: 1, maxLength: 4 }),
})

function gang(seq: number, expectedEnd: number, runs: readonly NodeRun[]): GangState {
  const parts = [{ role: 'worker', poolId: 'main', runs, cpuCores: 0 }]
  return { seq, expectedEnd, parts } as unknown as GangState
}

/** By asking every gang about every node. */
function seen(gangs: readonly GangState[], from: number, until: number): number[] {
  const nodesOf = ({ parts }: GangState) =>
    parts.flatMap(({ runs }) => runs.flatMap((r) => Array.from({ length: r.nodes }, (_, n) => r.first + n)))
  return gangs
    .filter((each) => nodesOf(each).some((node) => from <= node && node < until))
    .sort((a, b) =>
      a.expectedEnd === b.expectedEnd ? a.seq - b.seq : a.expectedEnd < b.expectedEnd ? -1 : 1,
    )
    .map(({ seq }) => seq)
}

test('whoever sits on a stretch of nodes is named once, by end and then by submission', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 30, size: 'max' }), (steps) => {
      const holders = new NodeHolders()
      let known: GangState[] = []
      steps.forEach(({ leaves, which, end, runs }, seq) => {
        const going = leaves ? known[which % Math.max(1, known.length)] : undefined
        if (going) {
          holders.remove(going, going.parts[0]?.runs ?? [])
          known = known.filter((other) => other !== going)
        } else {
          const coming = gang(seq, end, runs)
          holders.add(coming, runs)
          known.push(coming)
        }
      })
      for (const [from, until] of [...Array(NODES).keys()]
        .map((n) => [n, n + 1] as const)
        .concat([
          [0, NODES],
          [15, 33],
        ]))
        expect(holders.on(from, until).map(({ seq }) => seq)).toEqual(seen(known, from, until))
    }),
    { numRuns: 60 },
  )
})

test('nobody sits where nobody ever sat', () => {
  expect(new NodeHolders().on(1_000, 2_000)).toEqual([])
})
