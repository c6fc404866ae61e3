import { expect, test } from 'vitest'
import { at } from '../testing/dates.ts'
import { ANYWHERE } from './gang.ts'
import type { DemandSeries, Replica, Service } from './service.ts'
import type { Quota, Tenant } from './tenant.ts'
import { serviceProblems, tenantProblems, workloadProblems } from './validate.ts'

const SURROUNDINGS = {
  tenants: new Set(['lab']),
  hardware: new Set(['h100', 'gb200', 'mi300x']),
  pools: new Set(['north/r/h100', 'north/s/h100', 'south/r/gb200']),
  nodes: new Map([
    ['h100', [{ acceleratorsPerNode: 8, nodesPerDomain: 1, domainsPerBlock: 32 }]],
    ['gb200', [{ acceleratorsPerNode: 4, nodesPerDomain: 18, domainsPerBlock: 8 }]],
  ]),
}

function tenants(...pairs: readonly [id: string, parent?: string][]): Tenant[] {
  return pairs.map(([id, parent]) => ({
    id,
    name: id,
    quotas: [],
    ...(parent === undefined ? {} : { parent }),
  }))
}

function codes(problems: readonly { readonly code: string; readonly path: readonly unknown[] }[]): string[] {
  return problems.map(({ code, path }) => `${code} ${path.join('.')}`)
}

test('tenants form a tree, in whatever order they stand', () => {
  expect(tenantProblems(tenants(['c', 'b'], ['b', 'a'], ['a']), new Set())).toEqual([])
  expect(codes(tenantProblems(tenants(['a', 'z']), new Set()))).toEqual(['unknownParent 0.parent'])
})

test('a circle is said of those who are in it, not of those below it', () => {
  const circle = tenants(['a', 'b'], ['b', 'a'], ['below', 'a'])
  expect(tenantProblems(circle, new Set())).toEqual([
    { code: 'tenantCycle', members: ['a', 'b', 'a'], path: [0, 'parent'] },
    { code: 'tenantCycle', members: ['b', 'a', 'b'], path: [1, 'parent'] },
  ])
  expect(codes(tenantProblems(tenants(['a', 'a']), new Set()))).toEqual(['tenantCycle 0.parent'])
})

test('a quota is for a pool that is known, or for all; no pool has two', () => {
  const withQuotas = (...pools: string[]): Tenant[] => [
    { id: 'lab', name: 'lab', quotas: pools.map((pool): Quota => ({ pool, accelerators: 1 })) },
  ]
  expect(tenantProblems(withQuotas('p', '*'), new Set(['p']))).toEqual([])
  expect(codes(tenantProblems(withQuotas('q'), new Set(['p'])))).toEqual(['unknownPool 0.quotas.0.pool'])
  expect(codes(tenantProblems(withQuotas('*', '*'), new Set()))).toEqual(['poolTwice 0.quotas.1.pool'])
  expect(tenantProblems(withQuotas('q'), undefined)).toEqual([])
})

test('work is for a known tenant and accepts hardware that some pool has', () => {
  const work = (tenant: string, ...accepted: string[]) =>
    codes(
      workloadProblems(
        {
          id: 'w',
          tenant,
          priority: 0,
          jobsPerDay: 1,
          sizeScale: 1,
          growthPerYear: 0,
          accepts: accepted.map((hardware) => ({ hardware, speed: 1 })),
          within: ANYWHERE,
          restartMs: 0,
          reclaimable: true,
          statesLimit: false,
        },
        SURROUNDINGS,
      ),
    )
  expect(work('lab', 'mi300x', 'h100')).toEqual([])
  expect(work('nobody', 'h100')).toEqual(['unknownTenant tenant'])
  expect(work('lab')).toEqual(['acceptsNothing accepts'])
  expect(work('lab', 'mi300x')).toEqual(['noPoolEver accepts'])
  expect(work('lab', 'mi300x', 'h1000')).toEqual(['unknownHardware accepts.1'])
})

test('a member fits the largest node that it accepts', () => {
  const member = (acceleratorsPerMember: number, ...accepted: string[]) =>
    codes(
      serviceProblems(
        aService({
          acceleratorsPerMember,
          accepts: accepted.map((hardware) => ({ hardware, speed: 1 })),
        }),
        SURROUNDINGS,
      ),
    )
  expect(member(8, 'gb200', 'h100')).toEqual([])
  expect(member(8, 'gb200')).toEqual(['memberLargerThanNode replica.acceleratorsPerMember'])
  expect(member(16, 'mi300x')).toEqual(['noPoolEver replica.accepts'])
})

test('the members of a replica fit where they must share a node, a domain or a block', () => {
  const replica = (members: number, level: Replica['within']['level'], required = true) =>
    codes(
      serviceProblems(
        aService({
          members,
          acceleratorsPerMember: 2,
          accepts: ['h100', 'gb200'].map((hardware) => ({ hardware, speed: 1 })),
          within: { level, required },
        }),
        SURROUNDINGS,
      ),
    )
  const TOO_MANY = ['replicaTooFarApart replica.members']
  expect([replica(4, 'node'), replica(5, 'node')]).toEqual([[], TOO_MANY])
  expect([replica(36, 'domain'), replica(37, 'domain')]).toEqual([[], TOO_MANY])
  expect([replica(288, 'block'), replica(289, 'block')]).toEqual([[], TOO_MANY])
  expect([replica(9_999, 'pool'), replica(9_999, 'node', false)]).toEqual([[], []])
})

test('a spread asks for no more providers, regions or pools than have what is accepted', () => {
  const spread = (rule: Service['spread'], ...accepted: string[]) =>
    serviceProblems(
      {
        ...aService({ accepts: accepted.map((hardware) => ({ hardware, speed: 1 })) }),
        ...(rule ? { spread: rule } : {}),
      },
      SURROUNDINGS,
    )
  expect(spread({ over: 'provider', atMost: 0.5 }, 'h100', 'gb200')).toEqual([])
  expect(spread({ over: 'region', distinct: 2 }, 'h100')).toEqual([])
  expect(spread({ over: 'domain', distinct: 99 }, 'h100')).toEqual([])
  expect(spread({ over: 'provider', atMost: 0.5 }, 'h100')).toEqual([
    { code: 'spreadImpossible', over: 'provider', needed: 2, found: 1, path: ['spread'] },
  ])
  expect(codes(spread({ over: 'pool', distinct: 4 }, 'h100', 'gb200'))).toEqual(['spreadImpossible spread'])
})

test('steps of a demand stand in order of time', () => {
  const steps = (...days: string[]): DemandSeries => ({
    kind: 'steps',
    steps: days.map((day) => ({ at: at(day), replicas: 1 })),
  })
  const problems = (demand: DemandSeries) => codes(serviceProblems({ ...aService(), demand }, SURROUNDINGS))
  expect(problems(steps('2026-01-01', '2026-01-02'))).toEqual([])
  expect(problems(steps('2026-01-01', '2026-01-03', '2026-01-02'))).toEqual([
    'stepsOutOfOrder demand.steps.2.at',
  ])
  expect(problems(steps('2026-01-01', '2026-01-01'))).toEqual(['stepsOutOfOrder demand.steps.1.at'])
})

function aService(parts: Partial<Replica> = {}): Service {
  return {
    id: 's',
    tenant: 'lab',
    priority: 0,
    replica: {
      members: 1,
      acceleratorsPerMember: 1,
      accepts: [{ hardware: 'h100', speed: 1 }],
      within: ANYWHERE,
      warmUpMs: 0,
      drainMs: 0,
      ...parts,
    },
    demand: { kind: 'steps', steps: [{ at: at('2026-01-01'), replicas: 1 }] },
  }
}

test('a member fits the cores and the memory of some node that it accepts; nodes that say nothing have enough', () => {
  const nodes = new Map([
    [
      'h100',
      [
        {
          acceleratorsPerNode: 8,
          nodesPerDomain: 1,
          domainsPerBlock: 32,
          cpuCoresPerNode: 96,
          memoryMiBPerNode: 1000,
        },
      ],
    ],
    ['gb200', [{ acceleratorsPerNode: 4, nodesPerDomain: 18, domainsPerBlock: 8 }]],
  ])
  const member = (needs: Partial<Replica>, ...accepted: string[]) =>
    codes(
      serviceProblems(aService({ ...needs, accepts: accepted.map((hardware) => ({ hardware, speed: 1 })) }), {
        ...SURROUNDINGS,
        nodes,
      }),
    )
  expect(member({ cpuCoresPerMember: 96, memoryMiBPerMember: 1000 }, 'h100')).toEqual([])
  expect(member({ cpuCoresPerMember: 96.5 }, 'h100')).toEqual([
    'memberNeedsMoreThanNode replica.cpuCoresPerMember',
  ])
  expect(member({ memoryMiBPerMember: 1001 }, 'h100')).toEqual([
    'memberNeedsMoreThanNode replica.memoryMiBPerMember',
  ])
  expect(member({ memoryMiBPerMember: 1001 }, 'h100', 'gb200')).toEqual([])
  const within = { level: 'node', required: true } as const
  const share = { acceleratorsPerMember: 0, acceleratorMilliPerMember: 300, within }
  expect(member({ ...share, members: 24 }, 'h100')).toEqual([])
  expect(member({ ...share, members: 25 }, 'h100')).toEqual(['replicaTooFarApart replica.members'])
  expect(member({ ...share, members: 3, cpuCoresPerMember: 40 }, 'h100')).toEqual([
    'replicaTooFarApart replica.members',
  ])
})
