import type { AllocationState } from '../allocation-state.ts'
import type { Part } from '../events.ts'
import type { Broken } from './broken.ts'
import { speedRules } from './change-rules.ts'
import { holderRules } from './holder-rules.ts'
import { indexRules } from './index-rules.ts'
import { overdueRules, wholeOutage } from './outage-rules.ts'
import { heldByItself, holdingsOf, ownRoomOf } from './quota-rules.ts'
import {
  type CountedGang,
  type CountedPool,
  coresTaken,
  isInService,
  type Recount,
  takenByNode,
} from './recount.ts'
import { roomRules, type TakenBeside, takenBeside } from './room-rules.ts'
import { overdueOffenders, paceRules, spareRules } from './upkeep-rules.ts'

/** What does not hold between two commands, and where the allocator's state differs from what the events say. */
export function stateRules(recount: Recount, state: AllocationState): Broken[] {
  return [
    ...[...recount.pools.values()].flatMap((pool) => poolRules(recount, pool, state)),
    ...gangRules(recount, state),
    ...queueRules(recount, state),
    ...handOverRules(recount),
    ...overdueRules(recount),
    ...overdueOffenders(recount),
    ...spareRules(recount),
    ...paceRules(recount, state),
    ...useRules(recount, state),
    ...speedRules(recount, state),
  ]
}

function poolRules(recount: Recount, pool: CountedPool, state: AllocationState): Broken[] {
  const { id } = pool.pool
  const found = state.poolById.get(id)
  if (!found) return [{ rule: 'namesKnownThings', subject: id }]
  const placed = heldInPool(recount, id, ({ parts = [] }) => parts)
  const running = new Map(placed)
  for (const [node, { slots }] of takenBesideInPool(recount, id))
    running.set(node, (running.get(node) ?? 0) + slots.size)
  const held = withKept(recount, pool, running)
  const broken: Broken[] = []
  const whole = heldInPool(recount, id, (gang) => gang.whole)
  for (const n of new Set([...held.keys(), ...whole.keys()])) {
    const node = pool.nodes[n]
    const subject = `${id}#${n}`
    // What gangs have grown by lies beside what is held and kept.
    const taken = (held.get(n) ?? 0) + (whole.get(n) ?? 0) - (placed.get(n) ?? 0)
    if (!node || !isInService(node)) broken.push({ rule: 'sitsOnNodesInService', subject, found: taken })
    else if (taken > node.capacity)
      broken.push({ rule: 'nodesHoldNoMoreThanTheyHave', subject, expected: node.capacity, found: taken })
  }
  const free = freeCores(recount, pool)
  const { holds, isAnnounced } = wholeOutage(recount, pool)
  const owed = isAnnounced && !holds ? pool.cpuCores : 0
  if (free + owed < 0) broken.push({ rule: 'coresAreEnough', subject: id, found: free })
  if (free !== found.cpuFree || pool.cpuCores !== found.cpuCores)
    broken.push({ rule: 'indexIsCounted', subject: `${id} cores`, expected: free, found: found.cpuFree })
  broken.push(...roomRules(recount, pool, found.room?.nodes))
  return [...broken, ...indexRules(pool, held, found.free), ...holderRules(recount, pool, found.holders)]
}

function heldInPool(
  recount: Recount,
  poolId: string,
  partsOf: (gang: CountedGang) => readonly Part[],
): Map<number, number> {
  const held = new Map<number, number>()
  for (const gang of recount.gangs.values()) {
    for (const [node, taken] of takenByNode(partsOf(gang), poolId))
      held.set(node, (held.get(node) ?? 0) + taken)
  }
  return held
}

/** An accelerator that is shared is taken whole. */
function takenBesideInPool(recount: Recount, poolId: string): Map<number, TakenBeside> {
  const taken = new Map<number, TakenBeside>()
  for (const { parts = [] } of recount.gangs.values()) takenBeside(parts, poolId, taken)
  return taken
}

/** Who asked first gets first of what running gangs leave of each node. */
function withKept(
  recount: Recount,
  pool: CountedPool,
  running: ReadonlyMap<number, number>,
): Map<number, number> {
  const held = new Map(running)
  for (const { parts } of recount.handOvers.values()) {
    for (const [n, wanted] of takenByNode(parts, pool.pool.id)) {
      const before = held.get(n) ?? 0
      const left = Math.max(0, (pool.nodes[n]?.capacity ?? 0) - before)
      held.set(n, before + Math.min(wanted, left))
    }
  }
  return held
}

function freeCores(recount: Recount, pool: CountedPool): number {
  const { id } = pool.pool
  const { holds, isAnnounced } = wholeOutage(recount, pool)
  let free = holds || isAnnounced ? 0 : pool.cpuCores
  for (const { parts = [] } of recount.gangs.values()) free -= coresTaken(parts, id)
  for (const { parts } of recount.handOvers.values())
    free -= Math.min(coresTaken(parts, id), Math.max(0, free))
  return free
}

/** Every gang is waiting, running or ended, and one of them. */
function gangRules(recount: Recount, state: AllocationState): Broken[] {
  const broken: Broken[] = []
  for (const [id, { parts, evictions, borrowed }] of recount.gangs) {
    const found = state.gangs.get(id)
    const isSame =
      found !== undefined &&
      found.running === (parts !== undefined) &&
      found.evictions === evictions &&
      JSON.stringify(found.parts) === JSON.stringify(parts ?? []) &&
      found.borrowed === (parts ? borrowed : 0)
    if (!isSame || state.gangs.hasEnded(id)) broken.push({ rule: 'gangsAreAccountedFor', subject: id })
  }
  for (const id of recount.ended)
    if (!state.gangs.hasEnded(id) || state.gangs.has(id))
      broken.push({ rule: 'gangsAreAccountedFor', subject: id })
  const expected = recount.gangs.size + recount.ended.size
  const found = state.gangs.size + state.gangs.ended.length
  if (expected !== found) broken.push({ rule: 'gangsAreAccountedFor', subject: 'all', expected, found })
  return broken
}

/** Higher priority first; within one priority those that ran before, then the others; each by submission. */
function queueRules(recount: Recount, state: AllocationState): Broken[] {
  const waiting = [...recount.gangs.values()].filter(({ parts }) => !parts)
  waiting.sort(
    (a, b) =>
      b.gang.priority - a.gang.priority || Number(b.evictions > 0) - Number(a.evictions > 0) || a.seq - b.seq,
  )
  const expected = waiting.map(({ gang }) => gang.id).join()
  const found = [...state.queue].map(({ gang }) => gang.id).join()
  const broken: Broken[] = []
  if (expected !== found) broken.push({ rule: 'queueIsInOrder', subject: 'queue', expected, found })
  if (waiting.length !== state.queue.size)
    broken.push({
      rule: 'queueIsInOrder',
      subject: 'size',
      expected: waiting.length,
      found: state.queue.size,
    })
  return broken
}

/** A hand-over is for a waiting gang, is not overdue, and lacks something that others were asked for. */
function handOverRules(recount: Recount): Broken[] {
  const broken: Broken[] = []
  for (const { gangId, by } of recount.handOvers.values()) {
    const owner = recount.gangs.get(gangId)
    if (!owner || owner.parts || by <= recount.now)
      broken.push({ rule: 'handOversArePending', subject: gangId, found: by })
  }
  for (const { gang, parts, reclaim } of recount.gangs.values()) {
    if (!reclaim) continue
    const handOver = recount.handOvers.get(reclaim.forGangId)
    if (!parts || handOver?.by !== reclaim.by)
      broken.push({ rule: 'handOversArePending', subject: gang.id, found: reclaim.forGangId })
  }
  const asks = [...recount.gangs.values()].some(({ reclaim }) => reclaim)
  if (recount.handOvers.size > 0 && !asks)
    broken.push({ rule: 'handOversArePending', subject: 'all', found: recount.handOvers.size })
  return broken
}

function useRules(recount: Recount, state: AllocationState): Broken[] {
  const broken: Broken[] = []
  const holdings = holdingsOf(recount)
  const hasQuotas = recount.tenants.some(({ quotas }) => quotas.length > 0)
  for (const { id } of recount.tenants) {
    for (const poolId of recount.pools.keys()) {
      const expected = heldByItself(holdings, id, poolId)
      const found = state.accounts.used(id, poolId)
      if (expected !== found)
        broken.push({ rule: 'useIsCounted', subject: `${id} in ${poolId}`, expected, found })
      const room = hasQuotas ? ownRoomOf(recount, holdings, id, poolId) : Number.POSITIVE_INFINITY
      const foundRoom = state.accounts.ownRoom(id, poolId)
      if (room !== foundRoom && !(room === 0 && foundRoom === 0))
        broken.push({
          rule: 'useIsCounted',
          subject: `room of ${id} in ${poolId}`,
          expected: room,
          found: foundRoom,
        })
    }
  }
  return broken
}
