import { MINUTE_MS } from '../base/instant.ts'
import type { Elastic } from '../demand/elastic.ts'
import type { Gang, Role, TopologyNeed } from '../demand/gang.ts'
import type { SpreadRule } from '../demand/spread-rule.ts'

/** What a test says of a gang: of one role where none are given. */
export interface GangLike {
  readonly tenant?: string
  readonly priority?: number
  readonly roles?: readonly Role[]
  readonly members?: number
  /** Of one member. */
  readonly each?: number
  /** A share of one accelerator for each member, which then has no whole ones. */
  readonly milli?: number
  readonly cpuCores?: number
  readonly memoryMiB?: number
  readonly within?: TopologyNeed
  readonly accepts?: readonly string[]
  readonly limitMinutes?: number
  readonly checkpointMinutes?: number
  readonly restartMinutes?: number
  readonly reclaimable?: boolean
  readonly spread?: SpreadRule
  readonly window?: string
  readonly movable?: 'pool' | 'provider' | 'any'
  /** Members it may have, smallest first, each as fast as its members are many; or speeds by members. */
  readonly sizes?: readonly number[] | Readonly<Record<number, number>>
  /** Whether a change of size makes it load its last save. */
  readonly restartsToResize?: boolean
  readonly settleMinutes?: number
}

export function aGang(id: string, like: GangLike = {}): Gang {
  const { limitMinutes, checkpointMinutes } = like
  return {
    id,
    tenant: like.tenant ?? 'anyone',
    priority: like.priority ?? 0,
    roles: like.roles ?? [aRole('worker', like)],
    ...(limitMinutes === undefined ? {} : { limitMs: limitMinutes * MINUTE_MS }),
    ...(checkpointMinutes === undefined ? {} : { checkpointMs: checkpointMinutes * MINUTE_MS }),
    restartMs: (like.restartMinutes ?? 0) * MINUTE_MS,
    reclaimable: like.reclaimable ?? true,
    ...(like.spread ? { spread: like.spread } : {}),
    ...(like.window === undefined ? {} : { window: like.window }),
    ...(like.movable === undefined ? {} : { movable: like.movable }),
  }
}

export function aRole(name: string, like: Omit<GangLike, 'tenant' | 'priority' | 'roles'> = {}): Role {
  const {
    members = 1,
    milli,
    memoryMiB,
    within = { level: 'pool', required: true },
    accepts = ['gpu'],
  } = like
  return {
    name,
    members,
    acceleratorsPerMember: like.each ?? (milli === undefined ? 1 : 0),
    ...(milli === undefined ? {} : { acceleratorMilliPerMember: milli }),
    cpuCoresPerMember: like.cpuCores ?? 0,
    ...(memoryMiB === undefined ? {} : { memoryMiBPerMember: memoryMiB }),
    accepts: accepts.map((hardware) => ({ hardware, speed: 1 })),
    within,
    ...(like.sizes === undefined ? {} : { elastic: anElastic(members, like) }),
  }
}

function anElastic(nominal: number, { sizes = [], restartsToResize, settleMinutes = 0 }: GangLike): Elastic {
  const table = Array.isArray(sizes)
    ? sizes.map((members) => ({ members, speed: members / nominal }))
    : Object.entries(sizes).map(([members, speed]) => ({ members: Number(members), speed }))
  return { sizes: table, restarts: restartsToResize ?? false, settleMs: settleMinutes * MINUTE_MS }
}

/** What must hold of where the members sit. */
export function required(level: TopologyNeed['level']): TopologyNeed {
  return { level, required: true }
}

export function preferred(level: TopologyNeed['level']): TopologyNeed {
  return { level, required: false }
}
