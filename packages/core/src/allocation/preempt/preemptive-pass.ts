import type { Instant } from '../../base/instant.ts'
import type { AllocationState } from '../allocation-state.ts'
import { tryPlaceApart } from '../apart/place-apart.ts'
import type { Part } from '../events.ts'
import { evict } from '../evict.ts'
import type { GangState } from '../gang-state.ts'
import type { PassContext } from '../pass-context.ts'
import type { GangProgress, Preempting } from '../policies/queue-policy.ts'
import type { PoolState } from '../pool-state.ts'
import { acceleratorsInAnchor } from '../shape.ts'
import { start } from '../start.ts'
import { VictimSearch } from '../victims.ts'
import { Budget } from './budget.ts'
import { overdueAt, progressOf, rankChangesAt } from './progress.ts'
import { compareRanked, type Ranked, type Ranking } from './ranking.ts'

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
    const parts = placeFor(state, gang)
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

/** The rank of those that have waited long enough. */
const FIRST = Number.NEGATIVE_INFINITY

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
  const drainMs = policy.guardsEnd ? drainOf(state, ranking, at) : Number.POSITIVE_INFINITY
  const running = runningGangs(state).map((gang): Ranked => {
    const overdue = overdueAt(policy, gang)
    const progress = progressOf(gang, at, state.durations)
    const isFirst = overdue <= at || isLast(progress, drainMs)
    return { gang, rank: isFirst ? FIRST : policy.rank(progress), overdueAt: overdue }
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
  const lasting = Number.isFinite(drainMs)
    ? ranking
        .inOrder()
        .filter(
          ({ gang, overdueAt: overdue }) =>
            overdue > at && isLast(progressOf(gang, at, state.durations), drainMs),
        )
    : []
  const early = new Set(lasting.map(({ gang }) => gang))
  const firstServed = [...ranking.overdueBy(at), ...early].map(
    (gang): Ranked => ({ gang, rank: FIRST, overdueAt: at }),
  )
  const chosen: Ranked[] = []
  for (const waiting of [...firstServed, ...ranking.inOrder()]) {
    if (waiting.rank !== FIRST && (waiting.overdueAt <= at || early.has(waiting.gang))) continue
    keepUpTo(waiting)
    if (budget.isSpent) break
    if (budget.choose(waiting.gang)) chosen.push(waiting)
  }
  keepUpTo(undefined)
  return { chosen, running, stoppable }
}

/** How long all work that is known would take the whole fleet. */
function drainOf(state: AllocationState, ranking: Ranking, at: Instant): number {
  let work = 0
  let capacity = 0
  const add = ({ remainingMs, accelerators }: GangProgress): void => {
    if (Number.isFinite(remainingMs)) work += remainingMs * accelerators
  }
  for (const gang of runningGangs(state)) add(progressOf(gang, at, state.durations))
  for (const { gang } of ranking.inOrder()) add(progressOf(gang, at, state.durations))
  for (const { free } of state.pools) capacity += free.capacity
  return work / Math.max(1, capacity)
}

/** Whether the gang would still run when all others have ended, if it did not start now. */
function isLast({ remainingMs }: GangProgress, drainMs: number): boolean {
  return Number.isFinite(remainingMs) && remainingMs >= drainMs
}

function runningGangs({ pools }: AllocationState): GangState[] {
  return [...new Set(pools.flatMap(({ running }) => [...running]))]
}

function placeFor(state: AllocationState, gang: GangState): readonly Part[] | undefined {
  const { shape } = gang
  for (const number of shape.anchors) {
    const pool = state.pools[number] as PoolState
    if (pool.free.free < acceleratorsInAnchor(shape, number)) continue
    const parts = tryPlaceApart(state, gang, pool)
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
  for (const number of gang.shape.anchors) {
    const pool = state.pools[number] as PoolState
    const candidates = stoppable.filter(
      (other) => other.running && !justStarted.has(other) && state.poolsOf(other.parts).includes(pool),
    )
    if (candidates.length === 0) continue
    const found = new VictimSearch(
      candidates,
      state,
      () => true,
      () => tryPlaceApart(state, gang, pool),
    ).run()
    if (!found) continue
    for (const victim of found.victims) evict(context, victim, 'preempted')
    return start(context, gang, { parts: found.parts, borrowed: 0 })
  }
  return false
}

/** A shape that found no room finds none later in the pass. */
function startWhatFits(context: PassContext, ranking: Ranking): void {
  const { state } = context
  for (const { gang } of [...ranking.inOrder()]) {
    if (gang.shape.failedInPass === state.pass) continue
    const parts = placeFor(state, gang)
    if (parts) start(context, gang, { parts, borrowed: 0 })
    else if (!gang.gang.spread) gang.shape.failedInPass = state.pass
  }
}
