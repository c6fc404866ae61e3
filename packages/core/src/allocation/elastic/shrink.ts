import type { Instant } from '../../base/instant.ts'
import type { AllocationState } from '../allocation-state.ts'
import type { AllocationEvent, NodeRun } from '../events.ts'
import { type GangState, worthOfStopping } from '../gang-state.ts'
import { acceleratorsIn, heldByNode, runsOf } from '../member-runs.ts'
import { elasticRoleOf, partsWith } from './growth.ts'

export type Resized = Extract<AllocationEvent, { kind: 'resized' }>

/** Members that the gang has beyond its smallest size. */
export function membersGrown(gang: GangState, runs: readonly NodeRun[] = gang.grown): number {
  return acceleratorsIn(runs) / elasticRoleOf(gang).acceleratorsPerMember
}

/**
 * What the gang has grown by if it keeps at most so many members beyond its smallest size, and leaves `mustGo` of the nodes:
 * the largest of its sizes that this allows. Those members go first that sit on the nodes where it holds least, of equal ones
 * on the last, so that whole nodes become free.
 */
export function keptOf(
  gang: GangState,
  most: number,
  mustGo: ReadonlyMap<number, number> = new Map(),
): readonly NodeRun[] {
  const { acceleratorsPerMember: each, members, elastic } = elasticRoleOf(gang)
  const held = heldByNode(gang.grown)
  for (const [node, accelerators] of mustGo) {
    const members = Math.ceil(accelerators / each)
    held.set(node, Math.max(0, (held.get(node) ?? 0) - members * each))
  }
  let left = 0
  for (const here of held.values()) left += here / each
  const allowed = elastic?.sizes.findLast((size) => size.members - members <= Math.min(most, left))
  const keep = (allowed?.members ?? members) - members
  const emptiestFirst = [...held].sort(([a, heldOnA], [b, heldOnB]) => heldOnA - heldOnB || b - a)
  for (const [node, here] of emptiestFirst) {
    const goes = Math.min(left - keep, here / each)
    held.set(node, here - goes * each)
    left -= goes
  }
  return runsOf(held)
}

/** The event by which a running gang has grown by these from now on. Its tenant's own is counted with what others have grown by. */
export function resizedTo(
  state: AllocationState,
  gang: GangState,
  grown: readonly NodeRun[],
  at: Instant,
): Resized {
  const parts = partsWith(gang, grown)
  const restarts = elasticRoleOf(gang).elastic?.restarts === true && at > gang.since
  const lostMs = restarts ? worthOfStopping(gang, at).lostMs : 0
  return {
    kind: 'resized',
    at,
    gangId: gang.gang.id,
    parts,
    borrowed: borrowedWith(state, gang, parts),
    lostMs,
  }
}

/** What of these parts the gang would hold beyond its tenant's own, beside all that others hold, grown or not. */
export function borrowedWith(state: AllocationState, gang: GangState, parts: Resized['parts']): number {
  const { accounts, growth } = state
  if (!accounts.hasQuotas) return 0
  const others = [...growth.elastic].filter((other) => other !== gang && other.grown.length > 0)
  const chargeGrown = (sign: 1 | -1): void => {
    for (const other of others) accounts.chargeParts(other.gang.tenant, grownPart(other), sign)
  }
  chargeGrown(1)
  accounts.chargeParts(gang.gang.tenant, gang.parts, -1)
  const { borrowed } = accounts.borrowingOf(gang.gang.tenant, parts)
  accounts.chargeParts(gang.gang.tenant, gang.parts, 1)
  chargeGrown(-1)
  return borrowed
}

function grownPart(gang: GangState): Resized['parts'] {
  return partsWith(gang, NO_RUNS).flatMap((part) =>
    part.role === elasticRoleOf(gang).name ? [{ ...part, runs: gang.grown }] : [],
  )
}

const NO_RUNS: readonly NodeRun[] = []
