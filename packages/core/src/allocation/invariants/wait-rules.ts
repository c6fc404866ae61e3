import type { Broken } from './broken.ts'
import { firstWaiting, hasRoomFor } from './first-waiting.ts'
import { isAffordable } from './price-rules.ts'
import { borrowedFor, haveQuotas, holdingsOf } from './quota-rules.ts'
import type { CountedGang, CountedPool, Recount } from './recount.ts'
import { startSize } from './start-size.ts'

/**
 * Nobody stands in the way of the first waiting gang, so it must not wait where it could start: on its own if there are
 * quotas. Looked at where it has a single role with accelerators; for whom room is kept somewhere waits for that, and one that is kept apart
 * from others may have to wait for these.
 */
export function waitRules(recount: Recount): Broken[] {
  if (recount.turns) return []
  const first = firstWaiting(recount)
  const role = first?.gang.roles[0]
  if (!first || !role || first.gang.roles.length > 1) return []
  if (recount.handOvers.has(first.gang.id) || first.gang.spread) return []
  if (recount.handOvers.has(first.gang.id) || first.gang.window !== undefined) return []
  for (const pool of recount.pools.values()) {
    if (!role.accepts.some(({ hardware }) => hardware === pool.pool.hardware)) continue
    if (!isAffordable(recount, first, pool.pool.id)) continue
    if (isOwn(recount, first, pool) && hasRoomFor(recount, first, pool.pool.id))
      return [{ rule: 'nobodyWaitsBesideItsRoom', subject: first.gang.id, found: pool.pool.id }]
  }
  return []
}

function isOwn(recount: Recount, { gang }: CountedGang, pool: CountedPool): boolean {
  if (!haveQuotas(recount)) return true
  const [role] = gang.roles
  if (!role) return false
  const { members } = startSize(role)
  const milli = members * (role.acceleratorMilliPerMember ?? 0)
  const whole = { first: 0, nodes: 1, each: members * role.acceleratorsPerMember, milli }
  const part = { role: role.name, poolId: pool.pool.id, runs: [whole], cpuCores: 0 }
  return borrowedFor(recount, holdingsOf(recount), gang.tenant, [part]) === 0
}
