import type { Instant } from '../../base/instant.ts'
import type { Role } from '../../demand/gang.ts'
import type { AllocationState } from '../allocation-state.ts'
import type { Part } from '../events.ts'
import { endBy, type GangState } from '../gang-state.ts'
import { heldByNode, runsOf } from '../member-runs.ts'
import { heldIn } from '../opening.ts'
import { putBack, setAside } from '../pending-trial.ts'
import type { QueuePolicy } from '../policies/queue-policy.ts'
import type { PoolState } from '../pool-state.ts'
import { tryPlace } from '../trial.ts'
import { mayMoveTo } from './may-move-to.ts'
import type { MovePlan, PlannedMove } from './move-plan.ts'
import { refuseMoves } from './refuse-moves.ts'
import { whoCouldMove } from './who-could-move.ts'
import { costOfMoving } from './worth-of-plan.ts'

/** Those that are tried at once: beyond that a plan is not worth the disturbance. */
const MOVES_MOST = 256

/** What a search for moves works with. */
export interface MoveSearch {
  readonly state: AllocationState
  readonly policy: QueuePolicy
  readonly at: Instant
}

/**
 * The cheapest way that was found to make room for a waiting gang in a pool, with no move that could be left out. Nothing where
 * there is none, or where it needs none.
 */
export function findMoves(search: MoveSearch, winner: GangState, pool: PoolState): MovePlan | undefined {
  const { state, at } = search
  const role = winner.shape.roles[winner.shape.placingOrder[0] ?? 0] as Role
  // What is promised to another there stays promised.
  const isForAnother = pool.reservation !== undefined && pool.reservation.gangId !== winner.gang.id
  if (isForAnother || tryPlace(winner.shape, pool, state.pools)) return undefined
  let best: MovePlan | undefined
  for (const movers of whoCouldMove(pool, role, at)) {
    const plan = fewest(search, winner, pool, movers.slice(0, MOVES_MOST))
    if (plan && (!best || costOf(search, plan) < costOf(search, best))) best = plan
  }
  return best
}

function costOf({ state, at }: MoveSearch, { moves }: MovePlan): number {
  return moves.reduce((sum, { gangId }) => sum + costOfMoving(state.gangs.get(gangId) as GangState, at), 0)
}

/** The first so many that suffice, found by doubling and halving; then whoever need not move stays, the dearest first. */
function fewest(
  search: MoveSearch,
  winner: GangState,
  pool: PoolState,
  movers: readonly GangState[],
): MovePlan | undefined {
  const tryFirst = (count: number): MovePlan | undefined =>
    tryMoves(search, winner, pool, movers.slice(0, count))
  let tooFew = 0
  let enough = 1
  let plan = tryFirst(enough)
  while (!plan && enough < movers.length) {
    tooFew = enough
    enough = Math.min(movers.length, 2 * enough)
    plan = tryFirst(enough)
  }
  if (!plan) return undefined
  while (enough - tooFew > 1) {
    const middle = (tooFew + enough) >> 1
    const found = tryFirst(middle)
    if (found) enough = middle
    else tooFew = middle
    plan = found ?? plan
  }
  let going = movers.slice(0, enough)
  const dearestFirst = going.toSorted(
    (a, b) => costOfMoving(b, search.at) - costOfMoving(a, search.at) || b.seq - a.seq,
  )
  for (const gang of dearestFirst) {
    const others = going.filter((other) => other !== gang)
    const found = tryMoves(search, winner, pool, others)
    if (!found) continue
    going = others
    plan = found
  }
  return refuseMoves(search.state, plan) ? undefined : plan
}

/** Where all would sit if these went on elsewhere. Changes nothing. */
function tryMoves(
  search: MoveSearch,
  winner: GangState,
  pool: PoolState,
  movers: readonly GangState[],
): MovePlan | undefined {
  const { state } = search
  for (const gang of movers) setAside(state, gang)
  const parts = tryPlace(winner.shape, pool, state.pools)
  for (const gang of movers.toReversed()) putBack(state, gang)
  if (!parts) return undefined
  const taken: (readonly Part[])[] = [takeFree(state, parts)]
  const moves: PlannedMove[] = []
  for (const gang of movers.toSorted(
    (a, b) => b.shape.accelerators - a.shape.accelerators || a.seq - b.seq,
  )) {
    const to = elsewhere(search, winner, gang)
    if (!to) break
    taken.push(takeFree(state, to))
    moves.push({ gangId: gang.gang.id, from: gang.parts, to })
  }
  for (const held of taken) giveBack(state, held)
  return moves.length === movers.length ? { gangId: winner.gang.id, parts, moves } : undefined
}

/** Beside all that it and the others hold now. */
function elsewhere(search: MoveSearch, winner: GangState, gang: GangState): readonly Part[] | undefined {
  const { state } = search
  const home = gang.parts.find(({ runs }) => runs.length > 0)?.poolId
  const anchors = gang.shape.anchors
    .map((number) => state.pools[number] as PoolState)
    .sort((a, b) => Number(b.pool.id === home) - Number(a.pool.id === home))
  for (const anchor of anchors) {
    const to = tryPlace(gang.shape, anchor, state.pools)
    if (to && mayMoveTo(state, gang, to) && breaksNoPromise(search, winner, gang, to)) return to
  }
  return undefined
}

/** Whoever else is promised a place in a pool starts there no later for it. */
function breaksNoPromise(
  { state, policy, at }: MoveSearch,
  winner: GangState,
  gang: GangState,
  to: readonly Part[],
): boolean {
  const end = endBy(gang, at, state.speedOf(gang, to)) + gang.gang.restartMs + (gang.gang.checkpointMs ?? 0)
  return state.poolsOf(to).every((pool) => {
    const { reservation } = pool
    if (!reservation || reservation.gangId === winner.gang.id) return true
    return policy.mayPass?.(reservation.opening, { end, ...heldIn(pool, { parts: to }) }) ?? false
  })
}

/** Takes what of it is free, and tells what that is. */
function takeFree(state: AllocationState, parts: readonly Part[]): readonly Part[] {
  return parts.map((part) => {
    const { free } = state.pool(part.poolId)
    const wanted = [...heldByNode(part.runs)].map(
      ([node, held]) => [node, Math.min(held, free.freeOf(node))] as const,
    )
    const runs = runsOf(new Map(wanted))
    free.take(runs)
    return { ...part, runs }
  })
}

function giveBack(state: AllocationState, parts: readonly Part[]): void {
  for (const { poolId, runs } of parts) state.pool(poolId).free.give(runs)
}
