import { acceleratorsIn } from '@offtake/core/capacity/topology'
import { expect, test } from 'vitest'
import { readFleet } from './read-fleet.ts'

function problemsOf(text: string): string[] {
  const result = readFleet('fleet.yaml', text)
  return result.ok ? [] : result.problems.map(({ line, column, code }) => `${line}:${column} ${code}`)
}

test('groups of equal machines are read with their usual sizes', () => {
  const fleet = readFleet(
    'fleet.yaml',
    `pools:
  - provider: own
    hardware: anything
    nodes:
      - { domains: 311, acceleratorsPerNode: 8 }
      - { domains: 1, acceleratorsPerNode: 2 }
`,
  )
  expect(fleet).toMatchObject({
    ok: true,
    value: {
      pools: [
        {
          pool: { id: 'own/anywhere/anything' },
          cpuCores: 0,
          groups: [
            { domains: 311, nodesPerDomain: 1, acceleratorsPerNode: 8, domainsPerBlock: 1 },
            { domains: 1, nodesPerDomain: 1, acceleratorsPerNode: 2, domainsPerBlock: 1 },
          ],
        },
      ],
    },
  })
})

test('a listed topology becomes groups, and no accelerator is lost', () => {
  const rows = [
    'site: s, block: b1, domain: d1, node: n1, accelerators: 4',
    'site: s, block: b1, domain: d1, node: n2, accelerators: 4',
    'site: s, block: b1, domain: d2, node: n3, accelerators: 8',
    'site: t, block: b1, domain: d1, node: n1, accelerators: 4',
  ]
  const list = rows.map((row) => `      - { ${row} }\n`).join('')
  const fleet = readFleet('fleet.yaml', `pools:\n  - provider: own\n    hardware: x\n    topology:\n${list}`)
  const [pool] = fleet.ok ? fleet.value.pools : []
  expect(pool?.groups).toHaveLength(3)
  expect(acceleratorsIn(pool?.groups ?? [])).toBe(20)
})

const POOL = 'pools:\n  - provider: own\n    hardware: x\n'

test.each([
  ['no machines at all', 'shapes: []', '1:1 missingField'],
  ['an unknown field', `${POOL}    node: []`, '4:5 unknownField'],
  [
    'a group of no domains',
    `${POOL}    nodes: [{ domains: 0, acceleratorsPerNode: 8 }]`,
    '4:24 numberOutOfRange',
  ],
  ['a fraction of a node', `${POOL}    nodes: [{ domains: 1.5, acceleratorsPerNode: 8 }]`, '4:24 notWhole'],
  ['groups and a list', `${POOL}    nodes: []\n    topology: []`, '5:15 badAlternative'],
  [
    'a node that is listed twice',
    `${POOL}    topology:\n${`      - { site: s, block: b, domain: d, node: n, accelerators: 4 }\n`.repeat(2)}`,
    '6:47 duplicateId',
  ],
  [
    'a pool that goes before it comes',
    `${POOL}    nodes: []\n    from: 2026-02-01\n    until: 2026-01-01`,
    '6:12 reversedDates',
  ],
  ['two pools of one name', `${POOL}  - { provider: own, hardware: x }`, '4:5 duplicateId'],
  ['a shape for two things', `${POOL}shapes: [{ pool: a/b/c, hardware: x }]`, '4:10 badAlternative'],
  [
    'failures of two things',
    `${POOL}failures: [{ pool: a/b/c, hardware: x, perAcceleratorYear: 1, repair: 1d }]`,
    '4:12 badAlternative',
  ],
  [
    'failures that are never repaired',
    `${POOL}failures: [{ hardware: x, perAcceleratorYear: 1 }]`,
    '4:12 missingField',
  ],
  ['a shape for nothing', `${POOL}shapes: [{ nodesPerDomain: 4 }]`, '4:10 badAlternative'],
])('%s is a problem with its place', (_, text, expected) => {
  expect(problemsOf(text)).toEqual([expected])
})
