import type { AllocationEvent, Part } from '../events.ts'
import type { Broken } from './broken.ts'
import { keptRules, movedRules, resizedRules } from './change-rules.ts'
import { drainRules, outageRules, wholeOutage } from './outage-rules.ts'
import { placementRules } from './placement-rules.ts'
import { priceRules } from './price-rules.ts'
import { borrowedFor, haveQuotas, holdingsOf, limitsPassed, owedTo } from './quota-rules.ts'
import { type CountedGang, coresTaken, isInService, type Recount } from './recount.ts'
import { spreadRules } from './spread-rules.ts'
import { offenderRules } from './upkeep-rules.ts'

type EventOf<Kind extends AllocationEvent['kind']> = Extract<AllocationEvent, { kind: Kind }>

/** What an event breaks, seen from what was before it. */
export function eventRules(recount: Recount, event: AllocationEvent): Broken[] {
  if (event.kind === 'refused') return []
  const broken: Broken[] = []
  if (event.at < recount.now)
    broken.push({ rule: 'timeGoesOn', subject: event.kind, expected: recount.now, found: event.at })
  if ('gangId' in event) {
    const gang = recount.gangs.get(event.gangId)
    if (!gang) return [...broken, { rule: 'namesKnownThings', subject: event.gangId }]
    return [...broken, ...gangRules(recount, gang, event)]
  }
  if (event.kind === 'submitted') {
    const { id } = event.gang
    const isKnown = recount.gangs.has(id) || recount.ended.has(id)
    if (isKnown) broken.push({ rule: 'gangsAreAccountedFor', subject: id })
    if (event.expectedMs !== undefined && event.gang.limitMs !== undefined)
      broken.push({ rule: 'foreseesOnlyTheUnknown', subject: id })
    return broken
  }
  broken.push(...outageRules(recount, event), ...offenderRules(recount, event))
  if ('poolId' in event && !recount.pools.has(event.poolId))
    broken.push({ rule: 'namesKnownThings', subject: event.poolId })
  return broken
}

function gangRules(
  recount: Recount,
  gang: CountedGang,
  event: Extract<AllocationEvent, { readonly gangId: string }>,
): Broken[] {
  switch (event.kind) {
    case 'placed':
      return placedRules(recount, gang, event)
    case 'finished':
      return gang.parts ? [] : [{ rule: 'finishesOnlyFromRunning', subject: event.gangId }]
    case 'outlasted':
      return outlastedRules(gang, event)
    case 'evicted':
      return [...evictedRules(recount, gang, event), ...keptRules(gang, event)]
    case 'resized':
      return resizedRules(recount, gang, event)
    case 'moved':
      return movedRules(recount, gang, event)
    case 'handOverPlanned':
      return plannedRules(recount, gang, event)
    case 'leaveAsked':
    case 'paceChanged':
      return gang.parts ? [] : [{ rule: 'asksOncePerGang', subject: event.gangId }]
    case 'reclaimAsked':
      return askedRules(recount, gang, event)
    case 'reclaimDropped':
      return gang.reclaim ? [] : [{ rule: 'asksOncePerGang', subject: event.gangId }]
    case 'handOverDropped':
      return recount.handOvers.has(event.gangId)
        ? []
        : [{ rule: 'handOversArePending', subject: event.gangId }]
    case 'cancelled':
      return []
  }
}

function placedRules(recount: Recount, counted: CountedGang, event: EventOf<'placed'>): Broken[] {
  const { gang, parts } = counted
  const broken: Broken[] = drainRules(recount, counted, event.parts, event.at)
  // What was kept for it was looked at when it was planned.
  if (!recount.handOvers.has(gang.id)) broken.push(...spreadRules(recount, counted, event.parts))
  if (parts) broken.push({ rule: 'startsOnlyFromWaiting', subject: gang.id })
  broken.push(...placementRules(recount, gang, event.parts), ...priceRules(recount, counted, event.parts))
  const holdings = holdingsOf(recount, new Set([gang.id]))
  const expected = borrowedFor(recount, holdings, gang.tenant, event.parts)
  if (event.borrowed !== expected)
    broken.push({ rule: 'borrowedIsCounted', subject: gang.id, expected, found: event.borrowed })
  return [...broken, ...limitRules(recount, gang.tenant, event)]
}

/** Part by part, as each comes on top of those before it. What was kept for its gang was its tenant's own already. */
function limitRules(recount: Recount, tenant: string, event: EventOf<'placed'>): Broken[] {
  if (recount.handOvers.has(event.gangId)) return []
  const broken: Broken[] = []
  const held = holdingsOf(recount, new Set([event.gangId]))
  for (const part of event.parts) {
    const borrowed = borrowedFor(recount, held, tenant, [part])
    held.push({ tenant, parts: [part] })
    if (borrowed === 0) continue
    for (const passed of limitsPassed(recount, held, tenant, part.poolId))
      broken.push({ rule: 'borrowLimitIsKept', subject: passed, found: event.gangId })
  }
  return broken
}

/** Only of a running gang whose end nobody stated something is expected. */
function outlastedRules({ gang, parts, expectedMs }: CountedGang, event: EventOf<'outlasted'>): Broken[] {
  if (parts && expectedMs !== undefined && event.expectedMs > 0) return []
  return [{ rule: 'foreseesOnlyTheUnknown', subject: gang.id, found: event.expectedMs }]
}

function evictedRules(
  recount: Recount,
  { gang, parts = [], reclaim }: CountedGang,
  event: EventOf<'evicted'>,
): Broken[] {
  const broken: Broken[] = []
  if (event.because === 'reclaimed') {
    const isDue = reclaim !== undefined && reclaim.by <= event.at
    if (!isDue) broken.push({ rule: 'noticeIsKept', subject: gang.id, found: event.at })
    return [...broken, ...owedRules(recount, gang.id, reclaim?.forGangId ?? '')]
  }
  if (event.because === 'forWindow') return []
  // By rank nobody is stopped where tenants own something.
  const isStopped = event.because === 'preempted' && parts.length > 0 && !haveQuotas(recount)
  const touched = parts.some((part) => sitsBadly(recount, part))
  if (!touched && !isStopped)
    broken.push({ rule: 'isEvictedForItsReason', subject: gang.id, found: event.because })
  return broken
}

/** On a node that failed or is gone, or on more cores than the pool has left. */
function sitsBadly(recount: Recount, part: Part): boolean {
  const pool = recount.pools.get(part.poolId)
  if (!pool) return true
  const held = [...recount.gangs.values()].reduce(
    (sum, { parts = [] }) => sum + coresTaken(parts, part.poolId),
    0,
  )
  if (part.cpuCores > 0 && (held > pool.cpuCores || wholeOutage(recount, pool).holds)) return true
  return part.runs.some((run) => {
    const nodes = pool.nodes.slice(run.first, run.first + run.nodes)
    return nodes.some((node) => !isInService(node))
  })
}

function plannedRules(recount: Recount, counted: CountedGang, event: EventOf<'handOverPlanned'>): Broken[] {
  const { gang, parts } = counted
  const broken = placementRules(recount, gang, event.parts)
  broken.push(...spreadRules(recount, counted, event.parts))
  if (parts || recount.handOvers.has(gang.id)) broken.push({ rule: 'asksOncePerGang', subject: gang.id })
  const borrowed = borrowedFor(recount, holdingsOf(recount), gang.tenant, event.parts)
  if (!haveQuotas(recount) || borrowed > 0)
    broken.push({ rule: 'keepsOnlyOnesOwn', subject: gang.id, found: borrowed })
  return broken
}

function askedRules(recount: Recount, victim: CountedGang, event: EventOf<'reclaimAsked'>): Broken[] {
  const broken: Broken[] = []
  const handOver = recount.handOvers.get(event.forGangId)
  if (!handOver) broken.push({ rule: 'namesKnownThings', subject: event.forGangId })
  if (!victim.parts) broken.push({ rule: 'asksOncePerGang', subject: event.gangId })
  if (!victim.gang.reclaimable) broken.push({ rule: 'asksBorrowersOnly', subject: event.gangId })
  // One that was asked before may be told to go for another owner, not sooner.
  const soonest = victim.reclaim ? victim.reclaim.by : event.at + recount.noticeMs
  if (event.by < soonest || event.by !== handOver?.by)
    broken.push({ rule: 'noticeIsKept', subject: event.gangId, found: event.by })
  const others = new Set([...pending(recount)].filter((id) => id !== event.gangId))
  return [...broken, ...owedRules(recount, event.gangId, event.forGangId, others)]
}

/** Those who are to hand over anyway count as gone when further ones are asked. */
function pending(recount: Recount): Set<string> {
  return new Set([...recount.gangs].filter(([, { reclaim }]) => reclaim).map(([id]) => id))
}

/** Whether the tenant of a gang that is asked, or made to go, holds beyond its own as the owner sees it. */
function owedRules(
  recount: Recount,
  victimId: string,
  ownerId: string,
  gone: ReadonlySet<string> = new Set(),
): Broken[] {
  const victim = recount.gangs.get(victimId)
  const owner = recount.gangs.get(ownerId)
  const handOver = recount.handOvers.get(ownerId)
  const anchor = handOver?.parts.find(({ runs }) => runs.length > 0)
  if (!victim || !owner || !handOver || !anchor)
    return [{ rule: 'namesKnownThings', subject: victimId, found: ownerId }]
  const rest = holdingsOf(recount, new Set([ownerId, ...gone]))
  const owed = owedTo(recount, rest, owner.gang.tenant, victim.gang.tenant, anchor.poolId)
  return owed > 0 ? [] : [{ rule: 'asksBorrowersOnly', subject: victimId, found: owed }]
}
