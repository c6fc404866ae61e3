import type { Pool } from '../capacity/pool.ts'
import { smallestRoles, speedAt } from '../demand/elastic-roles.ts'
import { acceleratorsOf, type Role, type TopologyNeed } from '../demand/gang.ts'
import type { SpreadRule } from '../demand/spread-rule.ts'
import type { Part } from './events.ts'
import { milliOfCores } from './shares/member-need.ts'
import { haveShares } from './shares/pool-room.ts'

/** What gangs of equal roles have in common, so that a pass over the queue tries each kind once. */
export interface Shape {
  /** At their smallest sizes where they are elastic. */
  readonly roles: readonly Role[]
  /** With shares as fractions, to a thousandth. */
  readonly accelerators: number
  /** Without shares. */
  readonly wholeAccelerators: number
  readonly hasShares: boolean
  /** Accelerators that its members could keep others from where nodes state their cores: each at least one. */
  readonly claims: number
  /** Cores of the members that need no accelerator. */
  readonly cpuCores: number
  /** A single role whose members need one accelerator each, anywhere: only the count matters. */
  readonly countsOnly: boolean
  /** The roles by number, those first that are hardest to place. */
  readonly placingOrder: readonly number[]
  /** For each role the numbers of the pools it can run on, in the order of its liking. */
  pools: readonly (readonly number[])[]
  /** The pools in which its accelerators, or failing those its first role, may sit. */
  anchors: readonly number[]
  /** The pass in which no pool had room for it. */
  failedInPass: number
  readonly kinds: Map<string, Kind>
}

/** Gangs of one shape, one tenant and one rule that keeps them apart: where nothing but room or rights decides, what one is refused all are. */
export interface Kind {
  readonly tenant: string
  readonly shape: Shape
  readonly own: Refusals
  readonly borrow: Refusals
  /** How many of its gangs wait, and how many of those ran before. */
  waiting: number
  evicted: number
  /** The limits of those that wait and never ran, shortest first; infinite where none was stated. */
  readonly limits: number[]
}

/** The passes in which a kind was last refused something for all of its gangs. */
export interface Refusals {
  /** A place. */
  place: number
  /** What others borrowed. */
  asking: number
  /** A place in the future. */
  promise: number
  /** All of that: its gangs need not be looked at again in the pass. */
  all: number
  /** All of that to a gang of this limit, which would end too late: those of a longer one need not be looked at either. */
  late: number
  lateLimitMs: number
}

/** What of a pool decides whether a shape can run there. */
interface Hardware {
  readonly pool: Pool
}

/** Gives equal roles the same shape. */
export class Shapes {
  readonly #byRoles = new WeakMap<readonly Role[], Shape>()
  readonly #byKey = new Map<string, Shape>()

  of(roles: readonly Role[], pools: readonly Hardware[]): Shape {
    const known = this.#byRoles.get(roles)
    if (known) return known
    const key = JSON.stringify(roles)
    const shape = this.#byKey.get(key) ?? newShape(smallestRoles(roles), pools)
    this.#byKey.set(key, shape)
    this.#byRoles.set(roles, shape)
    return shape
  }

  /** A new pool may suit shapes that are known already. */
  refresh(pools: readonly Hardware[]): void {
    for (const shape of this.#byKey.values()) {
      shape.pools = poolsFor(shape.roles, pools)
      shape.anchors = shape.pools[anchorRole(shape.roles)] ?? []
    }
  }
}

/** Gangs that are kept apart are told from all others. */
export function kindOf(shape: Shape, tenant: string, spread?: SpreadRule): Kind {
  const key = spread ? `${JSON.stringify(spread)} ${tenant}` : tenant
  const known = shape.kinds.get(key)
  if (known) return known
  const kind = newKind(shape, tenant)
  shape.kinds.set(key, kind)
  return kind
}

/** One that is shared with no other gang: where more decides than room and rights, what is refused to one tells nothing. */
export function newKind(shape: Shape, tenant: string): Kind {
  return {
    tenant,
    shape,
    own: noRefusals(),
    borrow: noRefusals(),
    waiting: 0,
    evicted: 0,
    limits: [],
  }
}

function noRefusals(): Refusals {
  return { place: -1, asking: -1, promise: -1, all: -1, late: -1, lateLimitMs: 0 }
}

/** How fast a role runs on a pool's hardware, relative to what its durations are stated for. */
export function speedOn(role: Role, pool: Pool, members = role.members): number {
  const ofSize = role.elastic ? speedAt(role, members) : 1
  for (const { hardware, speed } of role.accepts) if (hardware === pool.hardware) return speed * ofSize
  return ofSize
}

/** How fast the slowest role is there, with so many more members of the elastic one than at its smallest size. */
export function slowestOf(
  { roles }: Shape,
  parts: readonly Part[],
  poolOf: (id: string) => Pool,
  moreMembers = 0,
): number {
  let speed = Number.POSITIVE_INFINITY
  for (let r = 0; r < parts.length; r++) {
    const role = roles[r]
    const part = parts[r]
    if (!role || !part) continue
    const members = role.elastic ? role.members + moreMembers : role.members
    speed = Math.min(speed, speedOn(role, poolOf(part.poolId), members))
  }
  return speed
}

/** The cores of a role's members are counted, in whole ones, where they need no accelerator; else they come with the node. */
export function cpuCoresOf(role: Role): number {
  const isForCpuAlone = role.acceleratorsPerMember === 0 && role.acceleratorMilliPerMember === undefined
  return isForCpuAlone ? Math.ceil((role.members * milliOfCores(role.cpuCoresPerMember)) / 1000) : 0
}

/** Whether all roles sit in the anchor; each that accepts it does. */
export function staysTogether(shape: Shape, anchor: number): boolean {
  return shape.roles.length === 1 || shape.pools.every((pools) => pools.includes(anchor))
}

/** Whole accelerators of the roles that sit in the anchor. */
export function acceleratorsInAnchor(shape: Shape, anchor: number): number {
  if (shape.roles.length === 1) return shape.wholeAccelerators
  return shape.roles.reduce(
    (sum, role, r) =>
      shape.pools[r]?.includes(anchor) ? sum + role.members * role.acceleratorsPerMember : sum,
    0,
  )
}

/** The same with shares as fractions, as quotas count them. */
export function chargedInAnchor(shape: Shape, anchor: number): number {
  if (!shape.hasShares) return acceleratorsInAnchor(shape, anchor)
  const roles = shape.roles.filter((_, r) => shape.pools[r]?.includes(anchor))
  return acceleratorsOf({ roles })
}

function newShape(roles: readonly Role[], pools: readonly Hardware[]): Shape {
  const [only] = roles
  const { level, required } = only?.within ?? { level: 'node', required: true }
  const poolsOfRoles = poolsFor(roles, pools)
  return {
    roles,
    accelerators: acceleratorsOf({ roles }),
    wholeAccelerators: roles.reduce((sum, role) => sum + role.members * role.acceleratorsPerMember, 0),
    hasShares: haveShares(roles),
    claims: roles.reduce((sum, role) => sum + role.members * Math.max(1, role.acceleratorsPerMember), 0),
    cpuCores: roles.reduce((sum, role) => sum + cpuCoresOf(role), 0),
    countsOnly: roles.length === 1 && only?.acceleratorsPerMember === 1 && (level === 'pool' || !required),
    placingOrder: placingOrder(roles),
    pools: poolsOfRoles,
    anchors: poolsOfRoles[anchorRole(roles)] ?? [],
    failedInPass: -1,
    kinds: new Map(),
  }
}

function anchorRole(roles: readonly Role[]): number {
  return Math.max(
    0,
    roles.findIndex((role) => role.acceleratorsPerMember > 0 || role.acceleratorMilliPerMember !== undefined),
  )
}

/** The tightest need first, then the largest piece that one node must hold, so that small roles do not take its place. */
function placingOrder(roles: readonly Role[]): number[] {
  return roles
    .map((role, r) => ({ r, rank: tightness(role.within), piece: pieceOf(role) }))
    .sort((a, b) => b.rank - a.rank || b.piece - a.piece || a.r - b.r)
    .map(({ r }) => r)
}

function tightness({ level, required }: TopologyNeed): number {
  if (!required) return 0
  return { node: 3, domain: 2, block: 1, pool: 0 }[level]
}

function pieceOf({ members, acceleratorsPerMember, within }: Role): number {
  const isWhole = within.level === 'node' && within.required
  return isWhole ? members * acceleratorsPerMember : acceleratorsPerMember
}

function poolsFor(roles: readonly Role[], pools: readonly Hardware[]): number[][] {
  return roles.map((role) =>
    role.accepts.flatMap(({ hardware }) =>
      pools.flatMap(({ pool }, number) => (pool.hardware === hardware ? [number] : [])),
    ),
  )
}
