import type { Instant } from '../../base/instant.ts'
import type { AllocationState } from '../allocation-state.ts'
import type { Part } from '../events.ts'
import { evict } from '../evict.ts'
import type { GangState } from '../gang-state.ts'
import { acceptedPools, isAcceptedWithout } from '../money/accepted-pools.ts'
import type { PassContext } from '../pass-context.ts'
import type { GangProgress, Preempting } from '../policies/queue-policy.ts'
import type { PoolState } from '../pool-state.ts'
import { acceleratorsInAnchor } from '../shape.ts'
import { start } from '../start.ts'
import { VictimSearch } from '../victims.ts'
import { isInItsWindow, placeAmid } from '../windows/place-amid.ts'
import { Budget } from './budget.ts'
import { hasWaitedItsShare, outlookOf, wouldOutlastAll } from './outlook.ts'
import { overdueAt, progressOf, rankChangesAt } from './progress.ts'
import { BEFORE_ALL_RANKS, compareRanked, FIRST, type Ranked, type Ranking } from './ranking.ts'

/**
 * Lets those of the lowest rank run. Who that is, is found by count over running and waiting gangs together; a waiting one among
 * them starts where there is room, else where stopping some of those that are not among them makes room for it, and nobody is
 * stopped for one that would not fit even so. Then whoever else fits in what is left starts, by rank.
 */
export function runTheBest(context: PassContext, policy: Preempting, ranking: Ranking): void {
  const { state, at } = context
  state.pass += 1
  state.isPassDue = false
  if (ranking.size === 0) return
  ranking.refresh()
  const { chosen, running, stoppable } = choose(state, policy, ranking, at)
  for (const waiting of chosen) {
    const { gang } = waiting
    const parts = placeFor(context, gang)
    if (parts) start(context, gang, { parts, borrowed: 0 })
    else if (!makeRoom(context, gang, stoppable)) makeRoom(context, gang, lowerThan(waiting, running))
  }
  startWhatFits(context, ranking)
}

/** When the next rank changes after the moment, of a gang that runs while others wait, or of one that has waited long enough. */
export function nextRankChange(
  state: AllocationState,
  policy: Preempting,
  ranking: Ranking,
  since: Instant,
  foresees: boolean,
): Instant | undefined {
  if (ranking.size === 0) return undefined
  let next = ranking.nextOverdue(since)
  if (policy.changesAt || foresees)
    for (const gang of runningGangs(state))
      next = Math.min(next, rankChangesAt(policy, gang, since, state.durations))
  return Number.isFinite(next) ? (next as Instant) : undefined
}

interface Choice {
  /** Waiting gangs that are to run, in order. */
  readonly chosen: readonly Ranked[]
  /** Those that ran before, the lowest rank first. */
  readonly running: readonly Ranked[]
  /** Running gangs that need not go on, the highest rank first. */
  readonly stoppable: readonly GangState[]
}

function choose(state: AllocationState, policy: Preempting, ranking: Ranking, at: Instant): Choice {
  const budget = new Budget(state)
  const runs = runningGangs(state)
  const standingOf = standings(state, policy, ranking, at)
  const running = runs.map((gang): Ranked => {
    const ranked = { gang, rank: 0, overdueAt: overdueAt(policy, gang) }
    const progress = progressOf(gang, at, state.durations)
    return standingOf(ranked, progress) ?? { ...ranked, rank: policy.rank(progress) }
  })
  running.sort(compareRanked)
  const stoppable: GangState[] = []
  let next = 0
  const keepUpTo = (waiting: Ranked | undefined): void => {
    for (; next < running.length; next++) {
      const ranked = running[next] as Ranked
      if (waiting && compareRanked(ranked, waiting) > 0) return
      if (!budget.keep(ranked.gang)) stoppable.unshift(ranked.gang)
    }
  }
  const chosen: Ranked[] = []
  for (const waiting of inLine(ranking, standingOf, (gang) => progressOf(gang, at, state.durations))) {
    keepUpTo(waiting)
    if (budget.isSpent) break
    if (acceptedPools(state, waiting.gang, at).length > 0 && budget.choose(waiting.gang)) chosen.push(waiting)
  }
  keepUpTo(undefined)
  return { chosen, running, stoppable }
}

type StandingOf = (ranked: Ranked, progress: GangProgress) => Ranked | undefined

/** Ranks those that do not stand where the policy's rank puts them: nothing of the others. */
function standings(state: AllocationState, policy: Preempting, ranking: Ranking, at: Instant): StandingOf {
  const gangs = (): GangState[] => [...runningGangs(state), ...ranking.inOrder().map(({ gang }) => gang)]
  const outlook = policy.guardsEnd || policy.sharesWaits ? outlookOf(state, gangs(), at) : undefined
  return (ranked, { remainingMs }) => {
    const { gang } = ranked
    if (ranked.overdueAt <= at || (gang.running && !gang.gang.reclaimable)) return { ...ranked, rank: FIRST }
    if (outlook && policy.guardsEnd && wouldOutlastAll(outlook, remainingMs))
      return { ...ranked, rank: BEFORE_ALL_RANKS }
    if (outlook && policy.sharesWaits && hasWaitedItsShare(outlook, gang, at))
      return { ...ranked, rank: BEFORE_ALL_RANKS / 2 }
    return undefined
  }
}

/** The waiting gangs as they stand: the same order as that of their ranks, where none stands elsewhere. */
function inLine(
  ranking: Ranking,
  standingOf: StandingOf,
  progress: (gang: GangState) => GangProgress,
): readonly Ranked[] {
  const line = ranking.inOrder()
  if (!ranking.mayStandElsewhere) return line
  return line.map((ranked) => standingOf(ranked, progress(ranked.gang)) ?? ranked).sort(compareRanked)
}

function runningGangs({ pools }: AllocationState): GangState[] {
  return [...new Set(pools.flatMap(({ running }) => [...running]))]
}

function placeFor({ state, at }: PassContext, gang: GangState): readonly Part[] | undefined {
  for (const number of acceptedPools(state, gang, at)) {
    const pool = state.pools[number] as PoolState
    if (pool.free.free < acceleratorsInAnchor(gang.shape, number)) continue
    const parts = placeAmid(state, gang, pool, at)
    if (parts) return parts
  }
  return undefined
}

/** Those that rank behind, the last first: where room lies in pieces, they go on elsewhere if there is room for them. */
function lowerThan(waiting: Ranked, running: readonly Ranked[]): GangState[] {
  const lower = running.filter((ranked) => compareRanked(ranked, waiting) > 0)
  return lower.map(({ gang }) => gang).reverse()
}

/** Returns whether the gang started where others were stopped for it. */
function makeRoom(context: PassContext, gang: GangState, stoppable: readonly GangState[]): boolean {
  const { state, started } = context
  const justStarted = new Set(started)
  for (const number of acceptedPools(state, gang, context.at)) {
    const pool = state.pools[number] as PoolState
    const candidates = stoppable.filter(
      (other) =>
        other.running &&
        !justStarted.has(other) &&
        !isInItsWindow(state, other) &&
        state.poolsOf(other.parts).includes(pool),
    )
    if (candidates.length === 0) continue
    const found = new VictimSearch(
      candidates,
      state,
      () => true,
      () => placeAmid(state, gang, pool, context.at),
    ).run()
    if (!found) continue
    const { victims } = found
    if (!isAcceptedWithout(state, gang, { pool, at: context.at, victims })) continue
    for (const victim of victims) evict(context, victim, 'preempted')
    return start(context, gang, { parts: found.parts, borrowed: 0 })
  }
  return false
}

/** A shape that found no room finds none later in the pass. */
function startWhatFits(context: PassContext, ranking: Ranking): void {
  const { state } = context
  for (const { gang } of [...ranking.inOrder()]) {
    if (gang.shape.failedInPass === state.pass) continue
    const parts = placeFor(context, gang)
    if (parts) start(context, gang, { parts, borrowed: 0 })
    else if (!gang.gang.spread && !gang.mindsMoney && state.windows.size === 0)
      gang.shape.failedInPass = state.pass
  }
}
