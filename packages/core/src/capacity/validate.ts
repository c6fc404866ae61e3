import type { Instant } from '../base/instant.ts'
import type { Path } from '../base/path.ts'
import type { Fleet, FleetPool } from './fleet.ts'
import type { PlannedOutage } from './outage-plan.ts'
import type { StatedUpkeep } from './stated-upkeep.ts'

/** What contradicts itself in a fleet; `path` leads to it from the fleet. */
export type FleetProblem = { readonly path: Path } & (
  | { readonly code: 'unknownHardware'; readonly hardware: string }
  | { readonly code: 'unknownPool'; readonly pool: string }
  | { readonly code: 'unknownProvider'; readonly provider: string; readonly region?: string }
  | { readonly code: 'shapeTwice'; readonly of: string }
  | { readonly code: 'failuresTwice'; readonly of: string }
  | { readonly code: 'upkeepTwice'; readonly of: string }
  | { readonly code: 'shapeOfListedPool'; readonly pool: string }
  | {
      readonly code: 'sparesFillDomain'
      readonly of: string
      readonly spares: number
      readonly largestDomain: number
    }
  | { readonly code: 'reversedDates'; readonly start: Instant; readonly until: Instant }
  | { readonly code: 'nodeTooLarge'; readonly accelerators: number; readonly most: number }
)

/** What a fleet is checked against. */
export interface FleetSurroundings {
  readonly hardware: ReadonlySet<string>
  /** The ids that a shape, failures or outages may name; unknown where absent. */
  readonly pools: ReadonlySet<string> | undefined
  /** How the nodes of each hardware that some pool has at some time lie together; unknown where absent. */
  readonly nodes: ReadonlyMap<string, readonly { readonly nodesPerDomain: number }[]> | undefined
  /** The ids of the pools that agreements bring; unknown where absent. */
  readonly agreed: ReadonlySet<string> | undefined
}

export function fleetProblems(
  fleet: Fleet,
  { hardware, pools, nodes, agreed }: FleetSurroundings,
): FleetProblem[] {
  const told = (list: 'shapes' | 'failures' | 'upkeep', twice: Naming['twice']): FleetProblem[] => {
    const seen = new Set<string>()
    return (fleet[list] ?? []).flatMap((said, at) =>
      problemsOfName(said, { path: [list, at], seen, twice, hardware, pools }),
    )
  }
  return [
    ...told('shapes', 'shapeTwice'),
    ...fleet.shapes.flatMap(({ pool }, at): FleetProblem[] =>
      pool !== undefined && pools?.has(pool) && agreed && !agreed.has(pool)
        ? [{ code: 'shapeOfListedPool', pool, path: ['shapes', at, 'pool'] }]
        : [],
    ),
    ...told('failures', 'failuresTwice'),
    ...told('upkeep', 'upkeepTwice'),
    ...(fleet.upkeep ?? []).flatMap((said, at) => sparesProblems(said, ['upkeep', at], nodes)),
    ...(fleet.outages ?? []).flatMap((outage, at) =>
      outageProblems(outage, ['outages', at], hardware, pools),
    ),
    ...fleet.pools.flatMap((pool, at) => poolProblems(pool, ['pools', at], hardware)),
  ]
}

/** Accelerators of a node that states its cores or memory: the allocator looks at each of them. */
const STATED_NODE_MOST = 128

interface Naming {
  readonly path: Path
  readonly seen: Set<string>
  readonly twice: 'shapeTwice' | 'failuresTwice' | 'upkeepTwice'
  readonly hardware: ReadonlySet<string>
  readonly pools: ReadonlySet<string> | undefined
}

/** Of what is said of one pool, or of one hardware. */
function problemsOfName(
  said: { readonly pool?: string; readonly hardware?: string },
  { path, seen, twice, hardware, pools }: Naming,
): FleetProblem[] {
  const problems: FleetProblem[] = []
  const of = said.pool ?? said.hardware ?? ''
  if (seen.has(of)) problems.push({ code: twice, of, path })
  seen.add(of)
  if (said.hardware !== undefined && !hardware.has(said.hardware))
    problems.push({ code: 'unknownHardware', hardware: said.hardware, path: [...path, 'hardware'] })
  if (said.pool !== undefined && pools && !pools.has(said.pool))
    problems.push({ code: 'unknownPool', pool: said.pool, path: [...path, 'pool'] })
  return problems
}

/** Where all of every domain stood by, nothing would ever start. */
function sparesProblems(said: StatedUpkeep, path: Path, nodes: FleetSurroundings['nodes']): FleetProblem[] {
  const { pool, hardware, sparesPerDomain: spares = 0 } = said
  const of = pool ?? hardware ?? ''
  const shapes = nodes?.get(hardware ?? pool?.split('/')[2] ?? '') ?? []
  const largestDomain = Math.max(...shapes.map(({ nodesPerDomain }) => nodesPerDomain))
  if (shapes.length === 0 || spares < largestDomain) return []
  return [{ code: 'sparesFillDomain', of, spares, largestDomain, path: [...path, 'sparesPerDomain'] }]
}

function outageProblems(
  outage: PlannedOutage,
  path: Path,
  hardware: ReadonlySet<string>,
  pools: ReadonlySet<string> | undefined,
): FleetProblem[] {
  const named = namedBy(outage)
  const problems: FleetProblem[] = []
  if (named.hardware !== undefined && !hardware.has(named.hardware))
    problems.push({ code: 'unknownHardware', hardware: named.hardware, path: [...path, 'hardware'] })
  if (named.pool !== undefined && pools && !pools.has(named.pool))
    problems.push({ code: 'unknownPool', pool: named.pool, path: [...path, 'pool'] })
  if (named.provider !== undefined && pools && ![...pools].some((id) => isOf(id, named)))
    problems.push(unknownPart(named.provider, named.region, pools, path))
  if (outage.kind === 'dated' && outage.start >= outage.until)
    problems.push({
      code: 'reversedDates',
      start: outage.start,
      until: outage.until,
      path: [...path, 'until'],
    })
  return problems
}

/** The provider, or only the region of it, is unknown. */
function unknownPart(
  provider: string,
  region: string | undefined,
  pools: ReadonlySet<string>,
  path: Path,
): FleetProblem {
  if (region === undefined || ![...pools].some((id) => isOf(id, { provider })))
    return { code: 'unknownProvider', provider, path: [...path, 'provider'] }
  return { code: 'unknownProvider', provider, region, path: [...path, 'region'] }
}

interface NamedByOutage {
  readonly provider?: string
  readonly region?: string
  readonly pool?: string
  readonly hardware?: string
}

function namedBy(outage: PlannedOutage): NamedByOutage {
  if (outage.kind === 'drawn') return outage
  const { of } = outage
  return of.kind === 'provider' ? of : { pool: of.poolId }
}

/** A pool's id begins with its provider and its region. */
function isOf(poolId: string, { provider = '', region }: NamedByOutage): boolean {
  return poolId.startsWith(region === undefined ? `${provider}/` : `${provider}/${region}/`)
}

function poolProblems(listed: FleetPool, path: Path, hardware: ReadonlySet<string>): FleetProblem[] {
  const problems: FleetProblem[] = []
  if (!hardware.has(listed.pool.hardware))
    problems.push({
      code: 'unknownHardware',
      hardware: listed.pool.hardware,
      path: [...path, 'hardware'],
    })
  const large = listed.groups.findIndex(
    (group) =>
      (group.cpuCoresPerNode !== undefined || group.memoryMiBPerNode !== undefined) &&
      group.acceleratorsPerNode > STATED_NODE_MOST,
  )
  if (large >= 0)
    problems.push({
      code: 'nodeTooLarge',
      accelerators: listed.groups[large]?.acceleratorsPerNode ?? 0,
      most: STATED_NODE_MOST,
      path: [...path, 'nodes', large, 'acceleratorsPerNode'],
    })
  const { from, until } = listed
  if (from !== undefined && until !== undefined && from >= until)
    problems.push({ code: 'reversedDates', start: from, until, path: [...path, 'until'] })
  return problems
}
