import type { Role, TopologyNeed } from '../../demand/gang.ts'
import type { Broken } from './broken.ts'
import { borrowedFor, haveQuotas, holdingsOf } from './quota-rules.ts'
import {
  type CountedGang,
  type CountedNode,
  type CountedPool,
  type Recount,
  takenByNode,
  takesGangs,
} from './recount.ts'

/**
 * Nobody stands in the way of the first waiting gang, so it must not wait where it could start: on its own if there are
 * quotas. Looked at where it has a single role with accelerators; for whom room is kept somewhere waits for that.
 */
export function waitRules(recount: Recount): Broken[] {
  const first = firstWaiting(recount)
  const role = first?.gang.roles[0]
  if (!first || !role || first.gang.roles.length > 1 || role.acceleratorsPerMember === 0) return []
  if (recount.handOvers.has(first.gang.id)) return []
  for (const pool of recount.pools.values()) {
    if (!role.accepts.some(({ hardware }) => hardware === pool.pool.hardware)) continue
    if (isOwn(recount, first, pool) && hasRoom(recount, pool, role))
      return [{ rule: 'nobodyWaitsBesideItsRoom', subject: first.gang.id, found: pool.pool.id }]
  }
  return []
}

function firstWaiting(recount: Recount): CountedGang | undefined {
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

function isOwn(recount: Recount, { gang }: CountedGang, pool: CountedPool): boolean {
  if (!haveQuotas(recount)) return true
  const [role] = gang.roles
  if (!role) return false
  const whole = { first: 0, nodes: 1, each: role.members * role.acceleratorsPerMember }
  const part = { role: role.name, poolId: pool.pool.id, runs: [whole], cpuCores: 0 }
  return borrowedFor(recount, holdingsOf(recount), gang.tenant, [part]) === 0
}

function hasRoom(recount: Recount, pool: CountedPool, role: Role): boolean {
  const free = freeByNode(recount, pool)
  const seats = new Map<number, number>()
  pool.nodes.forEach((node, n) => {
    const unit = unitOf(node, n, role.within)
    const here = Math.floor((free[n] ?? 0) / role.acceleratorsPerMember)
    seats.set(unit, (seats.get(unit) ?? 0) + here)
  })
  return [...seats.values()].some((count) => count >= role.members)
}

function freeByNode(recount: Recount, pool: CountedPool): number[] {
  const free = pool.nodes.map((node) => (takesGangs(node) ? node.capacity : 0))
  const take = (taken: ReadonlyMap<number, number>): void => {
    for (const [n, count] of taken) free[n] = Math.max(0, (free[n] ?? 0) - count)
  }
  for (const { parts = [] } of recount.gangs.values()) take(takenByNode(parts, pool.pool.id))
  for (const { parts } of recount.handOvers.values()) take(takenByNode(parts, pool.pool.id))
  return free
}

function unitOf(node: CountedNode, number: number, { level, required }: TopologyNeed): number {
  if (!required || level === 'pool') return 0
  if (level === 'node') return number
  return level === 'domain' ? node.domain : node.block
}
