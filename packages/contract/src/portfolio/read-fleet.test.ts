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
  [
    'nodes that become slow and stand still',
    `${POOL}failures: [{ hardware: x, perAcceleratorYear: 1, repair: 1d, slow: { part: 10%, speed: 0% } }]`,
    '4:88 shareOutOfRange',
  ],
  [
    'nodes that become slow and are as fast as before',
    `${POOL}failures: [{ hardware: x, perAcceleratorYear: 1, repair: 1d, slow: { part: 10%, speed: 1 } }]`,
    '4:88 shareOutOfRange',
  ],
  [
    'an outage of two things',
    `${POOL}outages: [{ provider: own, hardware: x, from: 2026-01, until: 2026-02 }]`,
    '4:11 badAlternative',
  ],
  ['an outage at no time', `${POOL}outages: [{ provider: own }]`, '4:11 badAlternative'],
  [
    'an outage of dates and a rate',
    `${POOL}outages: [{ provider: own, from: 2026-01, until: 2026-02, perYear: 1 }]`,
    '4:11 badAlternative',
  ],
  [
    'an outage of one rack at a rate',
    `${POOL}outages: [{ pool: own/anywhere/x, domain: 1, perYear: 1, lasts: 1d }]`,
    '4:11 badAlternative',
  ],
  [
    'an outage that ends before it begins',
    `${POOL}outages: [{ provider: own, from: 2026-02, until: 2026-01 }]`,
    '4:50 reversedDates',
  ],
  [
    'an outage of hardware that nobody knows',
    `${POOL}outages: [{ hardware: y, perYear: 1, lasts: 1d }]`,
    '4:23 unknownHardware',
  ],
  ['upkeep of two things', `${POOL}upkeep: [{ pool: a/b/c, hardware: x }]`, '4:10 badAlternative'],
  [
    'upkeep of one thing twice',
    `${POOL}upkeep: [{ hardware: x, sparesPerDomain: 1 }, { hardware: x }]`,
    '4:47 upkeepTwice',
  ],
  [
    'an offender that is kept out for no stated time',
    `${POOL}upkeep: [{ hardware: x, offenders: { failures: 2, within: 1d } }]`,
    '4:36 missingField',
  ],
  ['a shape for nothing', `${POOL}shapes: [{ nodesPerDomain: 4 }]`, '4:10 badAlternative'],
])('%s is a problem with its place', (_, text, expected) => {
  expect(problemsOf(text)).toEqual([expected])
})

test('upkeep says what stands by, and how long an offender is kept out', () => {
  const upkeep =
    'upkeep: [{ hardware: x, sparesPerDomain: 2, offenders: { failures: 3, within: 30d, keepOutFor: 1h } }]'
  const fleet = readFleet('fleet.yaml', `${POOL}${upkeep}`)
  const offenders = { failures: 3, withinMs: 30 * 86_400_000, keepOutForMs: 3_600_000 }
  expect(fleet.ok && fleet.value.upkeep).toEqual([{ hardware: 'x', sparesPerDomain: 2, offenders }])
})

test('an outage is of known dates or at a rate, of as much as its fields say', () => {
  const outages = `outages:
  - { provider: own, region: here, from: 2026-01-01, until: 2026-01-02 }
  - { pool: own/anywhere/x, domain: 2, from: 2026-01-01, until: 2026-01-02, announced: 3h }
  - { hardware: x, perYear: 2, lasts: 1h }
  - { provider: own, each: domain, perYear: 2, lasts: 1h }`
  const fleet = readFleet('fleet.yaml', `${POOL}${outages}`)
  expect(fleet.ok && fleet.value.outages).toMatchObject([
    { kind: 'dated', of: { kind: 'provider', provider: 'own', region: 'here' }, announcedMs: 0 },
    { kind: 'dated', of: { kind: 'domain', poolId: 'own/anywhere/x', domain: 2 }, announcedMs: 10_800_000 },
    { kind: 'drawn', hardware: 'x', each: 'pool', perYear: 2, lastsMs: 3_600_000 },
    { kind: 'drawn', provider: 'own', each: 'domain' },
  ])
})
