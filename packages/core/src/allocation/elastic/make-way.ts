import type { AllocationState } from '../allocation-state.ts'
import type { AllocationEvent } from '../events.ts'
import { rangeIn } from '../failures/range-in.ts'
import type { GangState } from '../gang-state.ts'
import { heldByNode } from '../member-runs.ts'
import type { PoolState } from '../pool-state.ts'
import { elasticPart, elasticRoleOf } from './growth.ts'
import { keptOf, membersGrown, type Resized, resizedTo } from './shrink.ts'

/**
 * How gangs that have grown make way for what is about to happen: those who hold what is taken shrink before, and no more
 * than that needs. Each has to happen before the next one is asked for.
 */
export function* makeWayFor(state: AllocationState, event: AllocationEvent): Generator<Resized> {
  switch (event.kind) {
    case 'placed':
    case 'moved':
    case 'handOverPlanned': {
      const { handOvers } = state
      // What was kept for it is not free, so nobody has grown there.
      if (event.kind === 'placed' && handOvers.get(event.gangId)?.parts === event.parts) return
      for (const pool of state.poolsOf(event.parts)) {
        const wanted = heldByNode(
          event.parts.flatMap(({ poolId, runs }) => (poolId === pool.pool.id ? runs : [])),
        )
        // Who moves leaves what it has grown by.
        const own = event.kind === 'moved' ? grownIn(state, event.gangId, pool) : NOTHING
        const leftOn = (node: number): number =>
          pool.free.freeOf(node) - (wanted.get(node) ?? 0) + (own.get(node) ?? 0)
        const isConcerned = ({ gang }: GangState): boolean => gang.id !== event.gangId
        yield* shrinks(state, event, pool, leftOn, isConcerned)
      }
      return
    }
    case 'nodeFailed':
      return yield* leaves(state, event, state.pool(event.poolId), event.node, event.node + 1)
    case 'nodesRemoved': {
      const { poolId, firstNode, nodes } = event
      return yield* leaves(state, event, state.pool(poolId), firstNode, firstNode + nodes)
    }
    case 'outageBegan':
    case 'drainBegan':
      for (const pool of state.pools) {
        const { first, until } = rangeIn(event.of, pool) ?? { first: 0, until: 0 }
        yield* leaves(state, event, pool, first, until)
      }
      return
    default:
  }
}

/** The same for what only the event itself shows to be taken: by a share that opens a whole accelerator, or by nodes that stand by. */
export function* makeWayAfter(state: AllocationState, event: AllocationEvent): Generator<Resized> {
  for (const pool of state.pools)
    if (pool.grown.size > 0)
      yield* shrinks(
        state,
        event,
        pool,
        (node) => pool.free.freeOf(node),
        (gang) => sitsWell(state, gang),
      )
}

/** Whoever does not is stopped next. */
function sitsWell(state: AllocationState, { parts }: GangState): boolean {
  return parts.every(({ poolId, runs }) =>
    runs.every(({ first, nodes }) => state.pool(poolId).free.areWorking(first, nodes)),
  )
}

const NOTHING: ReadonlyMap<number, number> = new Map()

function grownIn(state: AllocationState, gangId: string, { pool }: PoolState): ReadonlyMap<number, number> {
  const gang = state.gangs.get(gangId)
  const isThere = gang && gang.grown.length > 0 && elasticPart(gang).poolId === pool.id
  return isThere ? heldByNode(gang.grown) : NOTHING
}

/** Who was placed on nodes that stop working is stopped anyway. */
function leaves(
  state: AllocationState,
  event: AllocationEvent,
  pool: PoolState,
  first: number,
  until: number,
): Generator<Resized> {
  const isGone = (node: number): boolean => node >= first && node < until
  return shrinks(
    state,
    event,
    pool,
    (node) => (isGone(node) ? 0 : Number.POSITIVE_INFINITY),
    (gang) =>
      event.kind === 'drainBegan' ||
      !elasticPart(gang).runs.some((run) => run.first < until && first < run.first + run.nodes),
  )
}

/** Shrinks until what gangs have grown by fits what is left of each node; those first that rank lowest, go on at once and came last. */
function* shrinks(
  state: AllocationState,
  { at }: AllocationEvent,
  pool: PoolState,
  leftOn: (node: number) => number,
  isConcerned: (gang: GangState) => boolean = () => true,
): Generator<Resized> {
  const tooMuch = new Map<number, number>()
  for (const [node, grown] of pool.grown) {
    const beyond = grown - Math.max(0, leftOn(node))
    if (beyond > 0) tooMuch.set(node, beyond)
  }
  if (tooMuch.size === 0) return
  for (const gang of lowestFirst(state, pool).filter(isConcerned)) {
    const mustGo = shareOf(gang, tooMuch)
    if (mustGo.size === 0) continue
    const kept = keptOf(gang, membersGrown(gang), mustGo)
    const keptByNode = heldByNode(kept)
    for (const [node, here] of heldByNode(gang.grown)) {
      const gives = here - (keptByNode.get(node) ?? 0)
      const left = (tooMuch.get(node) ?? 0) - gives
      if (left > 0) tooMuch.set(node, left)
      else tooMuch.delete(node)
    }
    yield resizedTo(state, gang, kept, at)
  }
}

function shareOf(gang: GangState, tooMuch: ReadonlyMap<number, number>): Map<number, number> {
  const share = new Map<number, number>()
  for (const [node, here] of heldByNode(gang.grown)) {
    const goes = Math.min(here, tooMuch.get(node) ?? 0)
    if (goes > 0) share.set(node, goes)
  }
  return share
}

function lowestFirst({ growth }: AllocationState, { pool }: PoolState): GangState[] {
  return [...growth.elastic]
    .filter((gang) => gang.grown.length > 0 && elasticPart(gang).poolId === pool.id)
    .sort(
      (a, b) =>
        a.gang.priority - b.gang.priority || Number(restarts(a)) - Number(restarts(b)) || b.seq - a.seq,
    )
}

function restarts(gang: GangState): boolean {
  return elasticRoleOf(gang).elastic?.restarts === true
}
