import type { Instant } from '../base/instant.ts'
import type { AllocationState } from './allocation-state.ts'
import { evict } from './evict.ts'
import { fulfilOtherwise } from './fulfil-otherwise.ts'
import type { GangState } from './gang-state.ts'
import { anchorOf, type HandOver, isComplete, isServedBy } from './hand-over.ts'
import { letStay } from './let-stay.ts'
import type { PassContext } from './pass-context.ts'
import type { PoolState } from './pool-state.ts'
import { acceleratorsGivenUp } from './shares/given-up.ts'
import { BesideSupply } from './shares/kept-beside.ts'
import { dropHandOver, start } from './start.ts'

/**
 * Starts the owners for whom all room is there, and collects what is due: a borrower goes only if its notice has run out, its
 * tenant still borrows, and what it holds is still missing. A hand-over that does not come about is fulfilled with what those
 * who still borrow hold, or else dropped.
 */
export function fulfilHandOvers(context: PassContext): void {
  const { state, at } = context
  if (state.handOvers.size === 0 && !context.hasDroppedReclaims) return
  do {
    dropUnsupplied(context)
    for (const handOver of [...state.handOvers.values()]) {
      const isDue = handOver.by <= at
      if (isDue && !isComplete(handOver) && isStillOwed(state, handOver)) collect(context, handOver)
      if (isComplete(handOver)) startOwner(context, handOver)
      else if (isDue) fulfilOtherwise(context, handOver)
    }
  } while (context.hasDroppedReclaims)
}

/** When the next hand-over is due. */
export function nextDue(state: AllocationState): Instant | undefined {
  let next: Instant | undefined
  if (state.handOvers.size === 0) return next
  for (const { by } of state.handOvers.values()) if (next === undefined || by < next) next = by
  return next
}

/** Drops the hand-overs of owners that, by the tenants as they are now, would borrow what is kept for them. */
export function dropUnentitled(context: PassContext): void {
  const { accounts, handOvers } = context.state
  for (const handOver of [...handOvers.values()]) {
    if (!accounts.hasQuotas || borrowedBy(context.state, handOver) > 0) dropHandOver(context, handOver)
  }
}

function startOwner(context: PassContext, handOver: HandOver): void {
  const { owner, parts } = handOver
  start(context, owner, { parts, borrowed: borrowedBy(context.state, handOver) })
}

function collect(context: PassContext, handOver: HandOver): void {
  for (const victim of [...handOver.victims]) {
    if (isServedBy(handOver, victim)) evict(context, victim, 'reclaimed')
    else letStay(context, victim)
  }
}

/** What of the kept room the owner would borrow; its tenant is charged for it already. */
function borrowedBy({ accounts }: AllocationState, { owner, parts }: HandOver): number {
  const { tenant } = owner.gang
  accounts.chargeParts(tenant, parts, -1)
  const { borrowed } = accounts.borrowingOf(tenant, parts)
  accounts.chargeParts(tenant, parts, 1)
  return borrowed
}

/** Whether those who were asked still borrow, one after the other. */
function isStillOwed({ accounts }: AllocationState, handOver: HandOver): boolean {
  const { owner, parts, victims } = handOver
  const { tenant } = owner.gang
  const pool = anchorOf(handOver)
  const gone: GangState[] = []
  accounts.chargeParts(tenant, parts, -1)
  for (const victim of victims) {
    if (accounts.owedTo(tenant, victim.gang.tenant, pool) <= 0) break
    accounts.chargeParts(victim.gang.tenant, victim.parts, -1)
    gone.push(victim)
  }
  for (const { gang, parts: held } of gone) accounts.chargeParts(gang.tenant, held, 1)
  accounts.chargeParts(tenant, parts, 1)
  return gone.length === victims.size
}

/** Where a borrower was told to stay, others may have counted on its room. */
function dropUnsupplied(context: PassContext): void {
  while (context.hasDroppedReclaims) {
    context.hasDroppedReclaims = false
    for (const handOver of unsupplied(context.state)) dropHandOver(context, handOver)
  }
}

/** The hand-overs of which something will be missing also when all who were asked have gone, and those before are served. */
function unsupplied({ handOvers }: AllocationState): HandOver[] {
  const supply = new Map<PoolState, Supply>()
  for (const { rooms } of handOvers.values())
    for (const pool of rooms.keys())
      supply.set(pool, { nodes: new Map(), cores: 0, beside: new BesideSupply() })
  const victims = [...handOvers.values()].flatMap((handOver) => [...handOver.victims])
  for (const victim of victims) supplyFrom(victim, supply)
  for (const [pool, { nodes }] of supply)
    for (const [node, accelerators] of acceleratorsGivenUp(pool, victims))
      nodes.set(node, (nodes.get(node) ?? 0) + accelerators)
  return [...handOvers.values()].filter((handOver) => takeMissing(handOver, supply))
}

interface Supply {
  readonly nodes: Map<number, number>
  cores: number
  readonly beside: BesideSupply
}

function supplyFrom({ parts }: GangState, supply: ReadonlyMap<PoolState, Supply>): void {
  for (const [{ pool, room }, from] of supply) {
    for (const part of parts) {
      if (part.poolId !== pool.id) continue
      if (room) from.beside.add([part])
      from.cores += part.cpuCores
      for (const { first, nodes, each } of part.runs) {
        for (let node = first; node < first + nodes; node++)
          from.nodes.set(node, (from.nodes.get(node) ?? 0) + each)
      }
    }
  }
}

/** Returns whether something is missing that nobody will hand over. */
function takeMissing({ rooms }: HandOver, supply: ReadonlyMap<PoolState, Supply>): boolean {
  let isShort = false
  for (const [pool, room] of rooms) {
    const from = supply.get(pool)
    if (!from) continue
    for (const [node, missing] of room.missing) {
      const left = (from.nodes.get(node) ?? 0) - missing
      from.nodes.set(node, left)
      if (left < 0) isShort = true
    }
    if (room.beside && from.beside.isShortOf(room.beside.missing)) isShort = true
    from.cores -= room.cpuMissing
    if (from.cores < 0 && room.cpuMissing > 0) isShort = true
  }
  return isShort
}
