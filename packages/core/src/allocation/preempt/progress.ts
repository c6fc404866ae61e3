import type { Instant } from '../../base/instant.ts'
import { endBy, type GangState, overheadMs } from '../gang-state.ts'
import type { GangProgress, Preempting } from '../policies/queue-policy.ts'

/** How far the gang is at the moment; what a waiting one has left takes its restart, at speed 1. */
export function progressOf(gang: GangState, at: Instant): GangProgress {
  const { running, shape, servedMs, placedAt, expectedEnd } = gang
  const { accelerators } = shape
  if (running)
    return {
      remainingMs: expectedEnd - at,
      attainedMs: servedMs + Math.max(0, at - placedAt - overheadMs(gang)),
      accelerators,
    }
  const restartMs = gang.evictions > 0 ? 0 : gang.gang.restartMs
  return { remainingMs: endBy(gang, at, 1) + restartMs - at, attainedMs: servedMs, accelerators }
}

/** When the rank of a running gang changes; infinite where it does not. */
export function rankChangesAt(policy: Preempting, gang: GangState, at: Instant): number {
  const progress = progressOf(gang, at)
  const attained = policy.changesAt?.(progress)
  if (attained === undefined) return Number.POSITIVE_INFINITY
  const works = Math.max(at, gang.placedAt + overheadMs(gang))
  return works + Math.max(1, Math.ceil(attained - progress.attainedMs))
}

/** When a gang has waited long enough to go before all others; never where the policy knows no such moment. */
export function overdueAt({ patienceMs }: Preempting, { gang, submittedAt }: GangState): number {
  return patienceMs ? submittedAt + patienceMs(gang.limitMs) : Number.POSITIVE_INFINITY
}
