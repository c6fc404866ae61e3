import { instant } from '../../base/instant.ts'
import { elasticRole } from '../../demand/elastic-roles.ts'
import type { AllocationState } from '../allocation-state.ts'
import type { GangState } from '../gang-state.ts'
import { heldByNode } from '../member-runs.ts'
import type { StayChanges } from '../snapshot/snapshot-data.ts'
import { elasticPart, elasticRoleOf } from './growth.ts'
import { changeStay } from './resize.ts'
import { membersGrown } from './shrink.ts'

/** Restores how a gang that was placed has come along since; returns whether what it has grown by can be. */
export function restoreChanges(state: AllocationState, gang: GangState, changes: StayChanges): boolean {
  if (changes.grown.length > 0 && !couldHaveGrown(state, gang, changes)) return false
  changeStay(state, gang, () => {
    gang.since = instant(changes.since)
    gang.loadMs = changes.loadMs
    gang.loadedMs = changes.loadedMs
    gang.openMs = changes.openMs
    gang.clockMs = changes.clockMs
    if (state.growth.elastic.has(gang))
      state.growth.set(gang, changes.grown, state.pool(elasticPart(gang).poolId))
  })
  return true
}

/** To one of its sizes, in whole members, on what is free of each node beside what others have grown by. */
function couldHaveGrown(state: AllocationState, gang: GangState, { grown }: StayChanges): boolean {
  if (elasticRole(gang.shape.roles) < 0) return false
  const { acceleratorsPerMember: each, members, elastic } = elasticRoleOf(gang)
  const pool = state.pool(elasticPart(gang).poolId)
  const size = members + membersGrown(gang, grown)
  if (!elastic?.sizes.some((allowed) => allowed.members === size)) return false
  if (!grown.every(({ first, nodes, each: held }) => held > 0 && pool.free.areWorking(first, nodes)))
    return false
  return [...heldByNode(grown)].every(
    ([node, held]) => held % each === 0 && held + (pool.grown.get(node) ?? 0) <= pool.free.freeOf(node),
  )
}
