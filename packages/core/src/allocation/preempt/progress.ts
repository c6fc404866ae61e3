import type { Instant } from '../../base/instant.ts'
import type { Durations } from '../durations/durations.ts'
import { LEVELS, levelOf, levelStart } from '../durations/level.ts'
import { endBy, type GangState, productiveMs, workDoneBy, worthOfStopping } from '../gang-state.ts'
import type { GangProgress, Preempting } from '../policies/queue-policy.ts'

/** How far the gang is at the moment; what a waiting one has left takes its restart, at speed 1. */
export function progressOf(gang: GangState, at: Instant, durations: Durations): GangProgress {
  const { running, shape, servedMs } = gang
  const attainedMs = running ? servedMs + productiveMs(gang, at) : servedMs
  return {
    remainingMs: remainingOf(gang, at, durations),
    attainedMs,
    accelerators: shape.accelerators,
    wasteMs: running ? worthOfStopping(gang, at).lostMs + gang.gang.restartMs : 0,
  }
}

function remainingOf(gang: GangState, at: Instant, durations: Durations): number {
  const { running, expectedMs, expectedEnd, evictions, speed } = gang
  const foreseenMs = expectedMs === undefined ? 0 : foreseen(gang, at, durations)
  if (running) return expectedMs === undefined ? expectedEnd - at : foreseenMs / speed
  if (expectedMs !== undefined) return foreseenMs + gang.gang.restartMs
  const restartMs = evictions > 0 ? 0 : gang.gang.restartMs
  return endBy(gang, at, 1) + restartMs - at
}

/** It lasts at least as long as it once has; what it lost of that it does again. */
function foreseen(gang: GangState, at: Instant, durations: Durations): number {
  const doneMs = workDoneBy(gang, at)
  const cameToMs = Math.max(doneMs, levelStart(gang.taughtLevel))
  return cameToMs - doneMs + durations.remainingMs(gang.gang, cameToMs)
}

/** When the rank of a running gang changes; infinite where it does not. */
export function rankChangesAt(
  policy: Preempting,
  gang: GangState,
  at: Instant,
  durations: Durations,
): number {
  const works = Math.max(at, gang.since + gang.loadMs)
  if (policy.changesAt) {
    const progress = progressOf(gang, at, durations)
    const attained = policy.changesAt(progress)
    if (attained === undefined) return Number.POSITIVE_INFINITY
    return works + Math.max(1, Math.ceil(attained - progress.attainedMs))
  }
  if (gang.expectedMs === undefined) return Number.POSITIVE_INFINITY
  const doneMs = workDoneBy(gang, at)
  const next = Math.min(LEVELS - 1, Math.max(gang.taughtLevel, levelOf(doneMs)) + 1)
  return works + Math.max(1, Math.ceil((levelStart(next) - doneMs) / gang.speed))
}

/** When a gang has waited long enough to go before all others; never where the policy knows no such moment. */
export function overdueAt({ patienceMs }: Preempting, { gang, submittedAt }: GangState): number {
  return patienceMs ? submittedAt + patienceMs(gang.limitMs) : Number.POSITIVE_INFINITY
}
