import type { Path } from '../base/path.ts'
import type { AcceptedHardware } from './gang.ts'
import type { Service } from './service.ts'
import type { Tenant } from './tenant.ts'
import type { Workload } from './workload.ts'

/** What contradicts itself in a portfolio's demand; `path` leads to it from the list or the item checked. */
export type DemandProblem = { readonly path: Path } & (
  | { readonly code: 'unknownParent'; readonly parent: string }
  | { readonly code: 'tenantCycle'; readonly members: readonly string[] }
  | { readonly code: 'unknownPool'; readonly pool: string }
  | { readonly code: 'poolTwice'; readonly pool: string }
  | { readonly code: 'unknownTenant'; readonly tenant: string }
  | { readonly code: 'unknownHardware'; readonly hardware: string }
  | { readonly code: 'acceptsNothing' }
  | { readonly code: 'noPoolEver'; readonly accepts: readonly string[] }
  | { readonly code: 'memberLargerThanNode'; readonly accelerators: number; readonly largestNode: number }
  | { readonly code: 'stepsOutOfOrder' }
  | { readonly code: 'reversedDates'; readonly start: number; readonly until: number }
)

export const ALL_POOLS = '*'

/** Problems of the tree of tenants and their quotas. `pools` are the ids that a quota may name; unknown where absent. */
export function tenantProblems(
  tenants: readonly Tenant[],
  pools: ReadonlySet<string> | undefined,
): DemandProblem[] {
  const byId = new Map(tenants.map((tenant) => [tenant.id, tenant]))
  return tenants.flatMap((tenant, at): DemandProblem[] => [
    ...parentProblems(tenant, byId, [at, 'parent']),
    ...quotaProblems(tenant, pools, [at, 'quotas']),
  ])
}

/** What work is checked against. */
export interface DemandSurroundings {
  /** Unknown where absent. */
  readonly tenants: ReadonlySet<string> | undefined
  readonly hardware: ReadonlySet<string>
  /** The largest node of each hardware that some pool has at some time; unknown where absent. */
  readonly largestNodes: ReadonlyMap<string, number> | undefined
}

export function workloadProblems(
  workload: Omit<Workload, 'profile'>,
  surroundings: DemandSurroundings,
): DemandProblem[] {
  const { active } = workload
  const problems = workProblems(workload.tenant, workload.accepts, ['accepts'], surroundings)
  if (active && active.start >= active.until)
    problems.push({
      code: 'reversedDates',
      start: active.start,
      until: active.until,
      path: ['active', 'until'],
    })
  return problems
}

export function serviceProblems(service: Service, surroundings: DemandSurroundings): DemandProblem[] {
  const { replica, demand } = service
  const problems = workProblems(service.tenant, replica.accepts, ['replica', 'accepts'], surroundings)
  const nodes = replica.accepts.flatMap(({ hardware }) => surroundings.largestNodes?.get(hardware) ?? [])
  const largestNode = Math.max(...nodes)
  if (nodes.length > 0 && replica.acceleratorsPerMember > largestNode)
    problems.push({
      code: 'memberLargerThanNode',
      accelerators: replica.acceleratorsPerMember,
      largestNode,
      path: ['replica', 'acceleratorsPerMember'],
    })
  if (demand.kind === 'steps') {
    const late = demand.steps.findIndex(
      ({ at }, i) => at <= (demand.steps[i - 1]?.at ?? Number.NEGATIVE_INFINITY),
    )
    if (late >= 0) problems.push({ code: 'stepsOutOfOrder', path: ['demand', 'steps', late, 'at'] })
  }
  return problems
}

function parentProblems(tenant: Tenant, byId: ReadonlyMap<string, Tenant>, path: Path): DemandProblem[] {
  const members = [tenant.id]
  for (let at = tenant.parent; at !== undefined; at = byId.get(at)?.parent) {
    if (!byId.has(at)) return at === tenant.parent ? [{ code: 'unknownParent', parent: at, path }] : []
    if (at === tenant.id) return [{ code: 'tenantCycle', members: [...members, at], path }]
    // A circle further up is the problem of those who are in it.
    if (members.includes(at)) return []
    members.push(at)
  }
  return []
}

function quotaProblems(tenant: Tenant, pools: ReadonlySet<string> | undefined, path: Path): DemandProblem[] {
  const named = tenant.quotas.map(({ pool }) => pool)
  return named.flatMap((pool, at): DemandProblem[] => {
    const place = [...path, at, 'pool']
    if (named.indexOf(pool) < at) return [{ code: 'poolTwice', pool, path: place }]
    const isKnown = pool === ALL_POOLS || pools === undefined || pools.has(pool)
    return isKnown ? [] : [{ code: 'unknownPool', pool, path: place }]
  })
}

function workProblems(
  tenant: string,
  accepts: readonly AcceptedHardware[],
  path: Path,
  { tenants, hardware, largestNodes }: DemandSurroundings,
): DemandProblem[] {
  const problems: DemandProblem[] = []
  if (tenants && !tenants.has(tenant)) problems.push({ code: 'unknownTenant', tenant, path: ['tenant'] })
  if (accepts.length === 0) return [...problems, { code: 'acceptsNothing', path }]
  const names = accepts.map((accepted) => accepted.hardware)
  const unknown = names.flatMap((name, at): DemandProblem[] =>
    hardware.has(name) ? [] : [{ code: 'unknownHardware', hardware: name, path: [...path, at] }],
  )
  problems.push(...unknown)
  if (unknown.length === 0 && largestNodes && !names.some((name) => largestNodes.has(name)))
    problems.push({ code: 'noPoolEver', accepts: names, path })
  return problems
}
