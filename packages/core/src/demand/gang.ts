/** A piece of work whose members must start together. */
export interface Gang {
  readonly id: string
  readonly tenant: string
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
}

/** One kind of member. */
export interface Role {
  readonly name: string
  readonly members: number
  /** Accelerators of one member, all on one node; 0 for a member that needs CPU alone. */
  readonly acceleratorsPerMember: number
  readonly cpuCoresPerMember: number
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

export function acceleratorsOf(gang: Gang): number {
  return gang.roles.reduce((sum, role) => sum + role.members * role.acceleratorsPerMember, 0)
}
