import type { Elastic } from './elastic.ts'
import type { Spending } from './spending.ts'
import type { SpreadRule } from './spread-rule.ts'

/** A piece of work whose members must start together. */
export interface Gang {
  readonly id: string
  readonly tenant: string
  /** What its users call this kind of work: gangs of one tenant, name and size are taken to last alike. */
  readonly name?: string
  /** A larger number goes first. */
  readonly priority: number
  readonly roles: readonly Role[]
  /** An upper bound of its running time on hardware of speed 1: a limit it stated. Unknown where absent. */
  readonly limitMs?: number
  /** How often it saves its work; it keeps nothing between two saves. Absent: it saves nothing at all. */
  readonly checkpointMs?: number
  /** How long it needs to load its last save after an eviction. */
  readonly restartMs: number
  /** Whether it may be made to give back what it borrowed. */
  readonly reclaimable: boolean
  /** Kept apart from others of its group; absent where it may sit anywhere. */
  readonly spread?: SpreadRule
  /** The booked window in which it runs, and nowhere else as long as that is to come. */
  readonly window?: string
  /** How it minds what time costs; not at all where absent. */
  readonly spending?: Spending
  /** How far it may be moved while it runs, at the cost of a restart: within its pools, its provider, or anywhere. Absent: not. */
  readonly movable?: 'pool' | 'provider' | 'any'
}

/** One kind of member. */
export interface Role {
  readonly name: string
  /** Those that its durations are stated for. */
  readonly members: number
  /** Where it may run with fewer or more. */
  readonly elastic?: Elastic
  /** Accelerators of one member, all on one node; 0 for a member that needs CPU alone. */
  readonly acceleratorsPerMember: number
  /** A share of one accelerator, in thousandths: 1 to 999, for a member that needs no whole ones. */
  readonly acceleratorMilliPerMember?: number
  /**
   * To a thousandth. Taken on the member's node where that states its cores; else a member with accelerators has those that
   * come with them, and one without takes them from what the pool counts.
   */
  readonly cpuCoresPerMember: number
  /** Taken on the member's node where that states its memory. */
  readonly memoryMiBPerMember?: number
  /** Hardware it can run on, in the order of its liking. */
  readonly accepts: readonly AcceptedHardware[]
  readonly within: TopologyNeed
}

export interface AcceptedHardware {
  readonly hardware: string
  /** Speed relative to the hardware that its durations are stated for; 2 halves the running time. */
  readonly speed: number
}

/** How close together the members of a role must, or would like to, sit. */
export interface TopologyNeed {
  readonly level: 'node' | 'domain' | 'block' | 'pool'
  readonly required: boolean
}

export const ANYWHERE: TopologyNeed = { level: 'pool', required: true }

/** With shares as fractions, to a thousandth. */
export function acceleratorsOf({ roles }: Pick<Gang, 'roles'>): number {
  const whole = roles.reduce((sum, role) => sum + role.members * role.acceleratorsPerMember, 0)
  const milli = roles.reduce((sum, role) => sum + role.members * (role.acceleratorMilliPerMember ?? 0), 0)
  return milli === 0 ? whole : (1000 * whole + milli) / 1000
}
