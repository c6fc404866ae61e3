import type { Instant } from '../../base/instant.ts'
import type { RoleSize } from '../../demand/elastic.ts'
import type { AllocationState } from '../allocation-state.ts'
import type { NodeRun } from '../events.ts'
import type { GangState } from '../gang-state.ts'
import type { PassContext } from '../pass-context.ts'
import type { PoolState } from '../pool-state.ts'
import type { Choice } from './divide.ts'
import { elasticRoleOf } from './growth.ts'
import { paysOff } from './pays-off.ts'
import { membersGrown } from './shrink.ts'

/** A gang that may be resized, with the sizes that it may have now. */
export interface Growing {
  readonly gang: GangState
  /** Members beyond its smallest size. */
  readonly now: number
  readonly options: readonly Option[]
}

export interface Option extends Choice {
  /** Beyond the smallest size. */
  readonly members: number
}

/** The gang with the sizes that it may have at this moment. */
export function growingOf(context: PassContext, gang: GangState, pool: PoolState): Growing {
  const role = elasticRoleOf(gang)
  const now = membersGrown(gang)
  // Cores, memory, what was booked and how far a group is kept apart are counted by where gangs were placed alone.
  const needsCores = role.cpuCoresPerMember > 0 || (role.memoryMiBPerMember ?? 0) > 0
  const mayChange =
    !gang.mindsMoney && !gang.gang.spread && gang.gang.window === undefined && (!needsCores || !pool.room)
  const isFixed =
    !mayChange || gang.reclaim !== undefined || (gang.since < context.at && settledAt(gang) > context.at)
  const sizes = role.elastic?.sizes.filter((size) => {
    const members = size.members - role.members
    if (members === now) return true
    if (isFixed) return false
    return role.elastic?.restarts ? members > now && paysOff(context, gang, pool, members) : true
  })
  return { gang, now, options: (sizes ?? []).map((size) => optionOf(context.state, gang, size, now)) }
}

/** Millionths of how much faster it runs; of equal divisions the one is taken that changes least. */
function optionOf(state: AllocationState, gang: GangState, size: RoleSize, now: number): Option {
  const role = elasticRoleOf(gang)
  const members = size.members - role.members
  const faster = state.speedOf(gang, gang.parts, members) / state.speedOf(gang, gang.parts)
  const worth = 2 * Math.round(1e6 * (faster - 1)) + (members === now ? 1 : 0)
  return { members, accelerators: members * role.acceleratorsPerMember, worth }
}

/** Until then it stays at its size, but for whoever waits. */
function settledAt(gang: GangState): number {
  if (gang.resizes === 0) return Number.NEGATIVE_INFINITY
  return gang.since + (elasticRoleOf(gang).elastic?.settleMs ?? 0)
}

/** What these are worth to it; what it may not have is worth nothing. */
export function worthOf({ gang, options }: Growing, grown: readonly NodeRun[] = []): number {
  const members = membersGrown(gang, grown)
  return options.find((option) => option.members === members)?.worth ?? 0
}

/** It keeps what it has. */
export function notSmaller(each: Growing): Growing {
  return { ...each, options: each.options.filter(({ members }) => members >= each.now) }
}

/** When a gang that was resized may be resized again for another's sake or its own. */
export function nextSettled({ growth }: AllocationState, after: Instant): Instant | undefined {
  let next = Number.POSITIVE_INFINITY
  for (const gang of growth.elastic) {
    const settled = settledAt(gang)
    if (settled > after) next = Math.min(next, settled)
  }
  return Number.isFinite(next) ? (next as Instant) : undefined
}
