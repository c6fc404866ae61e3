import type { Instant } from '../../base/instant.ts'
import type { AllocationState } from '../allocation-state.ts'
import type { GangState } from '../gang-state.ts'
import { thrownAway } from './carry-out-moves.ts'
import type { MovePlan } from './move-plan.ts'

/** What a plan saves and costs, in accelerator-milliseconds. */
export interface PlanWorth {
  /** How much earlier the waiting gang starts × its accelerators. */
  readonly saved: number
  /** What those who move lose of their work, and their restarts, × their accelerators. */
  readonly lost: number
}

/** `startMs`: when the waiting gang would start if nobody moved. */
export function worthOfPlan(state: AllocationState, plan: MovePlan, startMs: number, at: Instant): PlanWorth {
  const winner = state.gangs.get(plan.gangId)
  const lost = plan.moves.reduce((sum, { gangId }) => {
    const gang = state.gangs.get(gangId)
    return gang ? sum + costOfMoving(gang, at) : sum
  }, 0)
  return { saved: (startMs - at) * (winner?.shape.accelerators ?? 0), lost }
}

export function costOfMoving(gang: GangState, at: Instant): number {
  return (thrownAway(gang, at) + gang.gang.restartMs) * gang.shape.accelerators
}
