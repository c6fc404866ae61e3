import type { Instant } from '../../base/instant.ts'
import { isWhole, type OutageScope } from '../../capacity/outage-scope.ts'
import type { Command } from '../commands.ts'
import type { PoolNodes } from '../events.ts'
import { evict } from '../evict.ts'
import type { GangState } from '../gang-state.ts'
import { NOT_WORKING, OUTAGE } from '../node-condition.ts'
import type { PassContext } from '../pass-context.ts'
import type { PoolState } from '../pool-state.ts'
import { dropHandOver } from '../start.ts'
import type { Outage } from './outage.ts'
import { rangeIn } from './range-in.ts'
import { restartNearby, toStop } from './restart-nearby.ts'

type CommandOf<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>

/** All that an outage covers goes out of service at once; whoever sat there waits again, and nobody else is stopped. */
export function beginOutage(context: PassContext, { outageId, of, because }: CommandOf<'beginOutage'>): void {
  begin(context, outageId, of, because ?? 'outage')
}

/** From now on nothing starts there that does not end in time, and those are told that run on beyond it. */
export function announceOutage(context: PassContext, { outageId, of, by }: CommandOf<'drain'>): void {
  const { at, emit, state } = context
  emit({ kind: 'drainBegan', at, outageId, of, by })
  dropHandOversOn(context, of)
  for (const { gang, expectedEnd } of gangsOn(state.pools, of))
    if (expectedEnd > by) emit({ kind: 'leaveAsked', at, gangId: gang.id, outageId, by })
}

/** What no other outage covers, and has not failed by itself, is back in service. */
export function endOutage({ at, emit, state }: PassContext, { outageId }: CommandOf<'endOutage'>): void {
  const outage = state.outages.get(outageId)
  const isBack = (pool: PoolState, node: number): boolean =>
    pool.free.isOut(node, OUTAGE) &&
    !pool.free.isOut(node, NOT_WORKING & ~OUTAGE) &&
    !state.outages.isCovered(pool, node, outageId)
  const nodes = !outage || outage.by !== undefined ? [] : nodesIn(state.pools, outage.of, isBack)
  emit({ kind: 'outageEnded', at, outageId, nodes })
}

/** Begins the outages that are due: those that still run there are stopped. */
export function beginDueOutages(context: PassContext): void {
  const { outages } = context.state
  if (outages.size === 0) return
  for (const { id, of, by } of [...outages])
    if (by !== undefined && by <= context.at) begin(context, id, of, 'drained')
}

/** When the next announced outage begins. */
export function nextOutage(outages: Iterable<Outage> & { readonly size: number }): Instant | undefined {
  if (outages.size === 0) return undefined
  let next: Instant | undefined
  for (const { by } of outages) if (by !== undefined && (next === undefined || by < next)) next = by
  return next
}

function begin(
  context: PassContext,
  outageId: string,
  of: OutageScope,
  because: 'outage' | 'drained' | 'spotLost',
): void {
  const { at, emit, state } = context
  const nodes = nodesIn(state.pools, of, (pool, node) => !pool.free.isOut(node, NOT_WORKING))
  const stopped = gangsOn(state.pools, of).map(toStop)
  emit({ kind: 'outageBegan', at, outageId, of, nodes, ...(because === 'spotLost' ? { because } : {}) })
  dropHandOversOn(context, of)
  for (const { gang } of stopped) evict(context, gang, because)
  restartNearby(context, stopped)
}

/** Nothing is kept on what goes out of service. */
function dropHandOversOn(context: PassContext, of: OutageScope): void {
  for (const pool of context.state.pools) {
    const range = rangeIn(of, pool)
    if (!range) continue
    for (const handOver of [...context.state.handOvers.values()]) {
      const room = handOver.rooms.get(pool)
      const isHit = room?.hasNodeIn(range.first, range.until) || (room?.needsCores && isWhole(of, pool.pool))
      if (isHit) dropHandOver(context, handOver)
    }
  }
}

/** Whoever sits on something of it: the highest priority first, then by submission. */
export function gangsOn(pools: readonly PoolState[], of: OutageScope): GangState[] {
  const hit = new Set<GangState>()
  for (const pool of pools) {
    const range = rangeIn(of, pool)
    if (!range) continue
    const { first, until } = range
    const sitting = isWhole(of, pool.pool) ? pool.running : pool.holders.on(first, until)
    for (const gang of sitting) hit.add(gang)
  }
  return [...hit].sort((a, b) => b.gang.priority - a.gang.priority || a.seq - b.seq)
}

/** The nodes of the scope of which something holds, those that follow one another together. */
function nodesIn(
  pools: readonly PoolState[],
  of: OutageScope,
  holds: (pool: PoolState, node: number) => boolean,
): PoolNodes[] {
  const found: PoolNodes[] = []
  for (const pool of pools) {
    const { first, until } = rangeIn(of, pool) ?? { first: 0, until: 0 }
    for (let node = first; node < until; node++) {
      if (!holds(pool, node)) continue
      const from = node
      while (node + 1 < until && holds(pool, node + 1)) node += 1
      found.push({ poolId: pool.pool.id, first: from, nodes: node + 1 - from })
    }
  }
  return found
}
