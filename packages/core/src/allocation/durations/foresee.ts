import type { Instant } from '../../base/instant.ts'
import type { Gang } from '../../demand/gang.ts'
import type { AllocationState } from '../allocation-state.ts'
import { type GangState, workDoneBy } from '../gang-state.ts'
import type { PassContext } from '../pass-context.ts'
import { levelOf, levelStart } from './level.ts'

/** What a gang that states no limit is expected to take, where the policy asks for that. */
export function expectationOf({ state, policy }: PassContext, gang: Gang): { readonly expectedMs?: number } {
  if (!policy.foresees || gang.limitMs !== undefined) return {}
  return { expectedMs: state.durations.expectedMs(gang, 0) }
}

/** Running gangs that have outlasted what was expected of them are foreseen anew, by those that lasted as long. */
export function foreseeAnew({ state, policy, at, emit }: PassContext): void {
  const leveled = policy.preempts ? leveledBy(state, at) : []
  for (const gang of new Set([...outlastedBy(state, at), ...leveled])) {
    const cameToMs = Math.max(workDoneBy(gang, at), levelStart(gang.taughtLevel))
    const expectedMs = state.durations.expectedMs(gang.gang, cameToMs)
    emit({ kind: 'outlasted', at, gangId: gang.gang.id, expectedMs })
  }
}

/** When the next running gang will have outlasted what was expected of it. */
export function nextOutlasted({ pools }: AllocationState): Instant | undefined {
  let next = Number.POSITIVE_INFINITY
  for (const { running } of pools) {
    for (const { expectedMs, expectedEnd } of running) {
      if (expectedEnd >= next) break
      if (expectedMs !== undefined) next = expectedEnd
    }
  }
  return Number.isFinite(next) ? (next as Instant) : undefined
}

/** Where ranks rest on how far gangs have come, each level that they outlast counts. */
function leveledBy({ pools }: AllocationState, at: Instant): readonly GangState[] {
  const leveled: GangState[] = []
  for (const { running } of pools) {
    for (const gang of running)
      if (gang.expectedMs !== undefined && levelOf(workDoneBy(gang, at)) > gang.taughtLevel)
        leveled.push(gang)
  }
  return leveled
}

function outlastedBy({ pools }: AllocationState, at: Instant): readonly GangState[] {
  const outlasted: GangState[] = []
  for (const { running } of pools) {
    for (const gang of running) {
      if (gang.expectedEnd > at) break
      if (gang.expectedMs !== undefined) outlasted.push(gang)
    }
  }
  return outlasted
}
