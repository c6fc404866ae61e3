import type { Path } from '../base/path.ts'
import type { AcceptedHardware } from './gang.ts'
import type { Replica, Service } from './service.ts'
import type { Tenant } from './tenant.ts'
import type { FurtherRole, Workload } from './workload.ts'
import { WORKERS } from './workload-roles.ts'

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
  | {
      readonly code: 'memberNeedsMoreThanNode'
      readonly of: 'cpuCores' | 'memoryMiB'
      readonly needed: number
      readonly largestNode: number
    }
  | {
      readonly code: 'replicaTooFarApart'
      readonly level: 'node' | 'domain' | 'block'
      readonly members: number
      readonly most: number
    }
  | {
      readonly code: 'spreadImpossible'
      readonly over: 'provider' | 'region' | 'pool'
      readonly needed: number
      readonly found: number
    }
  | { readonly code: 'stepsOutOfOrder' }
  | {
      readonly code: 'roleTooFarApart'
      readonly level: 'node' | 'domain' | 'block'
      readonly members: number
      readonly most: number
    }
  | { readonly code: 'roleTwice'; readonly role: string }
  | { readonly code: 'restartsWithoutSaving' }
  | { readonly code: 'elasticShares' }
  | { readonly code: 'roleWithoutCores'; readonly accepts: readonly string[] }
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
  /** How the nodes of each hardware that some pool has at some time are built; unknown where absent. */
  readonly nodes: ReadonlyMap<string, readonly NodeShape[]> | undefined
  /** The ids of all pools that there ever are; unknown where absent. */
  readonly pools: ReadonlySet<string> | undefined
  /** Hardware of which some pool has CPU cores at some time; unknown where absent. */
  readonly cores?: ReadonlySet<string> | undefined
}

/** How nodes lie together: in domains of so many, and those in blocks. */
export interface NodeShape {
  readonly acceleratorsPerNode: number
  readonly nodesPerDomain: number
  readonly domainsPerBlock: number
  readonly cpuCoresPerNode?: number
  readonly memoryMiBPerNode?: number
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
  if (workload.elastic?.restarts && workload.checkpointMs === undefined)
    problems.push({ code: 'restartsWithoutSaving', path: ['elastic', 'resize'] })
  if (workload.elastic && workload.acceleratorMilliPerMember !== undefined)
    problems.push({ code: 'elasticShares', path: ['elastic'] })
  return [
    ...problems,
    ...spreadProblems(workload, workload.accepts, surroundings),
    ...besideProblems(workload, surroundings),
    ...roleProblems(workload, surroundings),
  ]
}

/** Each role has a name of its own, and fits nodes that it accepts. */
function roleProblems(
  { tenant, roles = [] }: Omit<Workload, 'profile'>,
  surroundings: DemandSurroundings,
): DemandProblem[] {
  const names = [WORKERS, ...roles.map(({ name }) => name)]
  return roles.flatMap((role, n): DemandProblem[] => {
    const path = ['roles', n]
    const isTwice = names.indexOf(role.name) <= n
    const known = { ...surroundings, tenants: undefined }
    return [
      ...(isTwice ? [{ code: 'roleTwice' as const, role: role.name, path: [...path, 'name'] }] : []),
      ...workProblems(tenant, role.accepts, [...path, 'accepts'], known),
      ...roleRoomProblems(role, path, surroundings),
      ...coresProblems(role, [...path, 'cpuCores'], surroundings),
    ]
  })
}

/** The cores of a member that needs no accelerator are counted by pool. */
function coresProblems(
  { acceleratorsPerMember, accepts }: FurtherRole,
  path: Path,
  { cores }: DemandSurroundings,
): DemandProblem[] {
  const names = accepts.map(({ hardware }) => hardware)
  if (acceleratorsPerMember > 0 || !cores || names.length === 0 || names.some((name) => cores.has(name)))
    return []
  return [{ code: 'roleWithoutCores', accepts: names, path }]
}

/** Members that no pool could ever hold; of one without accelerators the cores are counted elsewhere. */
function roleRoomProblems(role: FurtherRole, path: Path, surroundings: DemandSurroundings): DemandProblem[] {
  if (role.acceleratorsPerMember === 0) return []
  const members = 'inAll' in role.members ? role.members.inAll : 1
  return roomProblems({ ...role, members }, path, surroundings).map((problem): DemandProblem => {
    const field = String(problem.path.at(-1)).replace('PerMember', '')
    const place = [...path, field]
    return problem.code === 'replicaTooFarApart'
      ? { ...problem, code: 'roleTooFarApart', path: place }
      : { ...problem, path: place }
  })
}

export function serviceProblems(service: Service, surroundings: DemandSurroundings): DemandProblem[] {
  const { replica, demand } = service
  const problems = workProblems(service.tenant, replica.accepts, ['replica', 'accepts'], surroundings)
  problems.push(...roomProblems(replica, ['replica'], surroundings))
  problems.push(...spreadProblems(service, replica.accepts, surroundings))
  if (demand.kind === 'steps') {
    const late = demand.steps.findIndex(
      ({ at }, i) => at <= (demand.steps[i - 1]?.at ?? Number.NEGATIVE_INFINITY),
    )
    if (late >= 0) problems.push({ code: 'stepsOutOfOrder', path: ['demand', 'steps', late, 'at'] })
  }
  return problems
}

/** So many providers, regions or pools as a spread needs must have what is accepted, at some time. */
function spreadProblems(
  { spread }: Pick<Service, 'spread'>,
  accepts: readonly AcceptedHardware[],
  { pools }: DemandSurroundings,
): DemandProblem[] {
  if (!spread || !pools || spread.over === 'domain') return []
  const { over, atMost = 1, distinct = 1 } = spread
  const parts = { provider: 1, region: 2, pool: 4 }[over]
  const hardware = new Set(accepts.map((accepted) => accepted.hardware))
  // A pool's id is its provider, region and hardware, and its fabric where that is not the usual one.
  const suitable = [...pools].map((id) => id.split('/')).filter(([, , kind = '']) => hardware.has(kind))
  const found = new Set(suitable.map((id) => id.slice(0, parts).join('/'))).size
  const needed = Math.max(distinct, Math.ceil(1 / atMost - 1e-9))
  return found > 0 && found < needed
    ? [{ code: 'spreadImpossible', over, needed, found, path: ['spread'] }]
    : []
}

/** A job of one accelerator that no node has the cores or the memory for would wait for ever. */
function besideProblems(workload: Omit<Workload, 'profile'>, { nodes }: DemandSurroundings): DemandProblem[] {
  const { accepts, cpuCoresPerAccelerator = 0, memoryMiBPerAccelerator = 0 } = workload
  const shapes = accepts.flatMap(({ hardware }) => nodes?.get(hardware) ?? [])
  return [
    ...lackOf('cpuCores', cpuCoresPerAccelerator, shapes, ['cpuCoresPerAccelerator']),
    ...lackOf('memoryMiB', memoryMiBPerAccelerator, shapes, ['memoryMiBPerAccelerator']),
  ]
}

/** That no node has so much of it; one that says nothing has as much as is needed. */
function lackOf(
  of: 'cpuCores' | 'memoryMiB',
  needed: number,
  shapes: readonly NodeShape[],
  path: Path,
): DemandProblem[] {
  const had = shapes.map((shape) => shape[`${of}PerNode`] ?? Number.POSITIVE_INFINITY)
  const largestNode = Math.max(...had)
  if (shapes.length === 0 || needed <= largestNode) return []
  return [{ code: 'memberNeedsMoreThanNode', of, needed, largestNode, path }]
}

/** What members need of their nodes. */
type RoomNeed = Omit<Replica, 'warmUpMs' | 'drainMs'>

/** Members that no pool could ever hold would wait for ever. `path` leads to them. */
export function roomProblems(replica: RoomNeed, path: Path, { nodes }: DemandSurroundings): DemandProblem[] {
  const { accepts, members, acceleratorsPerMember, within } = replica
  const shapes = accepts.flatMap(({ hardware }) => nodes?.get(hardware) ?? [])
  if (shapes.length === 0) return []
  const { cpuCoresPerMember = 0, memoryMiBPerMember = 0 } = replica
  const lacks = [
    ...lackOf('cpuCores', cpuCoresPerMember, shapes, [...path, 'cpuCoresPerMember']),
    ...lackOf('memoryMiB', memoryMiBPerMember, shapes, [...path, 'memoryMiBPerMember']),
  ]
  if (lacks.length > 0) return lacks
  const largestNode = Math.max(...shapes.map((shape) => shape.acceleratorsPerNode))
  if (acceleratorsPerMember > largestNode)
    return [
      {
        code: 'memberLargerThanNode',
        accelerators: acceleratorsPerMember,
        largestNode,
        path: [...path, 'acceleratorsPerMember'],
      },
    ]
  const { level, required } = within
  if (level === 'pool' || !required) return []
  const most = Math.max(...shapes.map((shape) => seatsWithin(shape, level, replica)))
  return members > most
    ? [{ code: 'replicaTooFarApart', level, members, most, path: [...path, 'members'] }]
    : []
}

/** Members of one size that one node, domain or block holds. */
function seatsWithin(shape: NodeShape, level: 'node' | 'domain' | 'block', replica: RoomNeed): number {
  const { acceleratorsPerMember: each, acceleratorMilliPerMember: milli } = replica
  const { cpuCoresPerNode = Number.POSITIVE_INFINITY, memoryMiBPerNode = Number.POSITIVE_INFINITY } = shape
  const byAccelerators =
    milli === undefined
      ? Math.floor(shape.acceleratorsPerNode / each)
      : shape.acceleratorsPerNode * Math.floor(1000 / milli)
  const byCores = Math.floor((1000 * cpuCoresPerNode) / Math.round(1000 * (replica.cpuCoresPerMember ?? 0)))
  const byMemory = Math.floor(memoryMiBPerNode / (replica.memoryMiBPerMember ?? 0))
  const perNode = Math.min(byAccelerators, numberOr(byCores), numberOr(byMemory))
  const nodes = { node: 1, domain: shape.nodesPerDomain, block: shape.nodesPerDomain * shape.domainsPerBlock }
  return perNode * nodes[level]
}

/** As many as are needed of what nobody asks for: where ∞ was divided by 0. */
function numberOr(seats: number): number {
  return Number.isNaN(seats) ? Number.POSITIVE_INFINITY : seats
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

export function workProblems(
  tenant: string,
  accepts: readonly AcceptedHardware[],
  path: Path,
  { tenants, hardware, nodes }: DemandSurroundings,
): DemandProblem[] {
  const problems: DemandProblem[] = []
  if (tenants && !tenants.has(tenant)) problems.push({ code: 'unknownTenant', tenant, path: ['tenant'] })
  if (accepts.length === 0) return [...problems, { code: 'acceptsNothing', path }]
  const names = accepts.map((accepted) => accepted.hardware)
  const unknown = names.flatMap((name, at): DemandProblem[] =>
    hardware.has(name) ? [] : [{ code: 'unknownHardware', hardware: name, path: [...path, at] }],
  )
  problems.push(...unknown)
  if (unknown.length === 0 && nodes && !names.some((name) => nodes.has(name)))
    problems.push({ code: 'noPoolEver', accepts: names, path })
  return problems
}
