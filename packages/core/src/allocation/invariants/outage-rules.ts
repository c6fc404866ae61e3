import type { OutageScope } from '../../capacity/outage-scope.ts'
import type { AllocationEvent, Part } from '../events.ts'
import type { Broken } from './broken.ts'
import type { CountedGang, CountedNode, CountedPool, Recount } from './recount.ts'

/** Counts anew by how many outages each node is covered, after an event that may have changed that. */
export function countOutages({ pools, outages }: Recount, { kind }: AllocationEvent): void {
  const hasChanged = kind === 'outageBegan' || kind === 'drainBegan' || kind === 'outageEnded'
  if (!hasChanged && (kind !== 'nodesAdded' || outages.size === 0)) return
  for (const pool of pools.values()) {
    pool.nodes.forEach((node, n) => {
      const covering = [...outages.values()].filter(({ of }) => covers(of, pool, node, n))
      node.coveredBy.holding = covering.filter(({ by }) => by === undefined).length
      node.coveredBy.announced = covering.filter(({ by }) => by !== undefined).length
    })
  }
}

function covers(of: OutageScope, { pool }: CountedPool, node: CountedNode, number: number): boolean {
  switch (of.kind) {
    case 'provider':
      return of.provider === pool.provider && (of.region ?? pool.region) === pool.region
    case 'pool':
      return of.poolId === pool.id
    case 'domain':
      return of.poolId === pool.id && of.domain === node.domain
    case 'nodes':
      return of.poolId === pool.id && number >= of.firstNode && number < of.firstNode + of.nodes
  }
}

/** Whether an outage of all of the pool holds, or is announced. */
export function wholeOutage(
  { outages }: Recount,
  { pool }: CountedPool,
): { readonly holds: boolean; readonly isAnnounced: boolean } {
  const whole = [...outages.values()].filter(({ of }) => {
    if (of.kind === 'pool') return of.poolId === pool.id
    const isThere = of.kind === 'provider' && of.provider === pool.provider
    return isThere && (of.region === undefined || of.region === pool.region)
  })
  return {
    holds: whole.some(({ by }) => by === undefined),
    isAnnounced: whole.some(({ by }) => by !== undefined),
  }
}

/** What an event about outages breaks, seen from what was before it. */
export function outageRules(recount: Recount, event: AllocationEvent): Broken[] {
  if (event.kind === 'outageEnded')
    return recount.outages.has(event.outageId) ? [] : [{ rule: 'namesKnownThings', subject: event.outageId }]
  if (event.kind === 'drainBegan')
    return recount.outages.has(event.outageId) || event.by <= event.at
      ? [{ rule: 'drainsAreAhead', subject: event.outageId, found: event.by }]
      : []
  if (event.kind !== 'outageBegan') return []
  const known = recount.outages.get(event.outageId)
  const isDue = known === undefined || (known.by !== undefined && known.by <= event.at)
  return isDue ? [] : [{ rule: 'drainsAreAhead', subject: event.outageId, found: event.at }]
}

/** A gang starts on nodes that drain only if, by its limit, it will have ended when each of them goes. */
export function drainRules(
  recount: Recount,
  gang: CountedGang,
  parts: readonly Part[],
  at: number,
): Broken[] {
  const broken: Broken[] = []
  if (recount.outages.size === 0) return broken
  for (const part of parts) {
    const pool = recount.pools.get(part.poolId)
    if (!pool) continue
    const numbers = part.runs.flatMap(({ first, nodes }) =>
      Array.from({ length: nodes }, (_, n) => first + n),
    )
    for (const { of, by } of recount.outages.values()) {
      if (by === undefined) continue
      const sits = numbers.some((n) => {
        const node = pool.nodes[n]
        return node !== undefined && covers(of, pool, node, n)
      })
      const needsCores = part.cpuCores > 0 && (of.kind === 'pool' || of.kind === 'provider')
      const isThere = sits || (needsCores && pool.nodes.some((node, n) => covers(of, pool, node, n)))
      if (isThere && endOf(gang, pool, at) > by)
        broken.push({ rule: 'drainsTakeWhatEndsInTime', subject: gang.gang.id, expected: by, found: at })
    }
  }
  return broken
}

/** By its limit, on a pool of this hardware; infinite where it stated none. */
function endOf({ gang, evictions, keptMs }: CountedGang, { pool }: CountedPool, at: number): number {
  if (gang.limitMs === undefined) return Number.POSITIVE_INFINITY
  const [role] = gang.roles
  const speed = role?.accepts.find(({ hardware }) => hardware === pool.hardware)?.speed ?? 1
  const restart = evictions > 0 ? gang.restartMs : 0
  return at + restart + Math.ceil(Math.max(0, gang.limitMs - keptMs) / speed)
}

/** No announced outage is overdue. */
export function overdueRules(recount: Recount): Broken[] {
  const broken: Broken[] = []
  for (const [id, { by }] of recount.outages)
    if (by !== undefined && by <= recount.now) broken.push({ rule: 'drainsAreAhead', subject: id, found: by })
  return broken
}
