import type { Role, TopologyNeed } from '../../demand/gang.ts'
import {
  type CountedGang,
  type CountedNode,
  type CountedPool,
  type Recount,
  takenByNode,
  takesGangs,
} from './recount.ts'
import { type TakenBeside, takenBeside } from './room-rules.ts'
import { startSize } from './start-size.ts'

export function firstWaiting(recount: Recount): CountedGang | undefined {
  let first: CountedGang | undefined
  const rank = ({ gang, evictions, seq }: CountedGang): number[] => [
    -gang.priority,
    evictions > 0 ? 0 : 1,
    seq,
  ]
  for (const gang of recount.gangs.values()) {
    if (gang.parts) continue
    if (!first || isLess(rank(gang), rank(first))) first = gang
  }
  return first
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, i) => value !== b[i])
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0)
}

/** Whether the first role of a gang would find room in a pool. */
export function hasRoomFor(recount: Recount, { gang }: CountedGang, poolId: string): boolean {
  const pool = recount.pools.get(poolId)
  const [role] = gang.roles
  return pool !== undefined && role !== undefined && hasRoom(recount, pool, role)
}

function hasRoom(recount: Recount, pool: CountedPool, role: Role): boolean {
  const beside = besideIn(recount, pool)
  const leaving = leavingFrom(recount, pool)
  const free = freeByNode(recount, pool, beside)
  const booked = bookedIn(recount, pool)
  const seats = new Map<number, number>()
  pool.nodes.forEach((node, n) => {
    const unit = unitOf(node, n, role.within)
    const here = booked.has(n) ? 0 : seatsOn(node, free[n] ?? 0, closedFor(leaving, n, beside.get(n)), role)
    seats.set(unit, (seats.get(unit) ?? 0) + here)
  })
  return [...seats.values()].some((count) => count >= startSize(role).members)
}

function freeByNode(recount: Recount, pool: CountedPool, beside: ReadonlyMap<number, TakenBeside>): number[] {
  const free = pool.nodes.map((node) => (takesGangs(node) ? node.capacity : 0))
  const take = (taken: ReadonlyMap<number, number>): void => {
    for (const [n, count] of taken) free[n] = Math.max(0, (free[n] ?? 0) - count)
  }
  for (const { parts = [] } of recount.gangs.values()) take(takenByNode(parts, pool.pool.id))
  for (const { parts } of recount.handOvers.values()) take(takenByNode(parts, pool.pool.id))
  take(new Map([...beside].map(([n, { slots }]) => [n, slots.size])))
  return free
}

/** Whether it may use room that was booked is another rule's question. */
function bookedIn(recount: Recount, { pool }: CountedPool): Set<number> {
  const booked = new Set<number>()
  for (const { poolId, nodes } of recount.windows.byId.values())
    if (poolId === pool.id) for (const n of nodes) booked.add(n)
  return booked
}

function unitOf(node: CountedNode, number: number, { level, required }: TopologyNeed): number {
  if (!required || level === 'pool') return 0
  if (level === 'node') return number
  return level === 'domain' ? node.domain : node.block
}

/** What is held and kept beside whole accelerators. */
function besideIn(recount: Recount, { pool }: CountedPool): Map<number, TakenBeside> {
  const taken = new Map<number, TakenBeside>()
  for (const { parts = [] } of recount.gangs.values()) takenBeside(parts, pool.id, taken)
  for (const { parts } of recount.handOvers.values()) takenBeside(parts, pool.id, taken)
  return taken
}

/** Members that the node would hold, one after the other; those for CPU alone where it says how much it has. */
function seatsOn(node: CountedNode, whole: number, taken: TakenBeside | undefined, role: Role): number {
  const { acceleratorsPerMember: each, acceleratorMilliPerMember: milli = 0, memoryMiBPerMember = 0 } = role
  const cpuMilli = Math.round(role.cpuCoresPerMember * 1000)
  if (!takesGangs(node) || (each === 0 && milli === 0 && node.cpuMilli === undefined)) return 0
  let seats = Number.POSITIVE_INFINITY
  if (each > 0) seats = Math.floor(whole / each)
  if (milli > 0) {
    seats = Math.min(whole, 128) * Math.floor(1000 / milli)
    for (const used of taken?.slots.values() ?? []) seats += Math.floor((1000 - used) / milli)
  }
  const cpuLeft = (node.cpuMilli ?? Number.POSITIVE_INFINITY) - (taken?.cpuMilli ?? 0)
  const memoryLeft = (node.memoryMiB ?? Number.POSITIVE_INFINITY) - (taken?.memoryMiB ?? 0)
  if (cpuMilli > 0) seats = Math.min(seats, Math.floor(cpuLeft / cpuMilli))
  if (memoryMiBPerMember > 0) seats = Math.min(seats, Math.floor(memoryLeft / memoryMiBPerMember))
  return Math.max(0, seats)
}

/** Accelerators, as node and slot, from which somebody is to go: nobody joins there. */
function leavingFrom(recount: Recount, { pool }: CountedPool): Set<string> {
  const leaving = new Set<string>()
  for (const { parts = [], reclaim } of recount.gangs.values()) {
    if (!reclaim) continue
    for (const { poolId, runs } of parts)
      for (const { first, slot } of runs) if (poolId === pool.id) leaving.add(`${first}/${slot}`)
  }
  return leaving
}

function closedFor(
  leaving: ReadonlySet<string>,
  node: number,
  taken: TakenBeside | undefined,
): TakenBeside | undefined {
  if (!taken) return undefined
  const slots = new Map(
    [...taken.slots].map(([slot, milli]) => [slot, leaving.has(`${node}/${slot}`) ? 1000 : milli]),
  )
  return { ...taken, slots }
}
