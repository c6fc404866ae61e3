import type { Role } from '../../demand/gang.ts'
import type { AllocationState } from '../allocation-state.ts'
import type { AllocationEvent, Part } from '../events.ts'
import type { Broken } from './broken.ts'
import { type CountedNode, type CountedPool, isInService, type Recount, takenByNode } from './recount.ts'

/** The bit by which a pool's index says that a node stands by. */
const SPARE = 32

/** Takes over from the allocator which nodes stand by: how many they are, and that nothing sits there, is checked. */
export function noteSpares(recount: Recount, state: AllocationState): void {
  for (const { pool, nodes } of recount.pools.values()) {
    if (pool.upkeep?.sparesPerDomain === undefined) continue
    const index = state.poolById.get(pool.id)?.free
    nodes.forEach((node, n) => {
      node.isSpare = index?.isOut(n, SPARE) ?? false
    })
  }
}

/** Each domain has as many spares as asked for, less its nodes that are out of service; nothing is held on them. */
export function spareRules(recount: Recount): Broken[] {
  return [...recount.pools.values()].flatMap((pool) => {
    const wanted = pool.pool.upkeep?.sparesPerDomain
    if (wanted === undefined) return []
    const held = heldIn(recount, pool)
    const byDomain = new Map<number, { node: CountedNode; number: number }[]>()
    pool.nodes.forEach((node, number) => {
      byDomain.set(node.domain, [...(byDomain.get(node.domain) ?? []), { node, number }])
    })
    return [...byDomain].flatMap(([domain, nodes]) => {
      const subject = `${pool.pool.id} domain ${domain}`
      const spares = nodes.filter(({ node }) => node.isSpare)
      const out = nodes.filter(({ node }) => !isInService(node)).length
      const most = Math.max(0, wanted - out)
      const expected = Math.min(most, nodes.length - out)
      const broken: Broken[] = []
      if (spares.length !== expected)
        broken.push({ rule: 'sparesStandBy', subject, expected, found: spares.length })
      for (const { node, number } of spares)
        if (held.has(number) || !isInService(node))
          broken.push({
            rule: 'sparesStandBy',
            subject: `${subject} node ${number}`,
            found: held.get(number) ?? 0,
          })
      return broken
    })
  })
}

function heldIn(recount: Recount, { pool }: CountedPool): ReadonlyMap<number, number> {
  const held = new Map<number, number>()
  for (const { parts = [] } of recount.gangs.values())
    for (const [node, taken] of takenByNode(parts, pool.id)) held.set(node, (held.get(node) ?? 0) + taken)
  return held
}

/** What an event about repeated offenders breaks, seen from what was before it. */
export function offenderRules(recount: Recount, event: AllocationEvent): Broken[] {
  if (event.kind !== 'nodeReturned' && event.kind !== 'nodeKeptOut' && event.kind !== 'nodeReadmitted')
    return []
  const pool = recount.pools.get(event.poolId)
  const node = pool?.nodes[event.node]
  const rule = pool?.pool.upkeep?.offenders
  const subject = `${event.poolId}#${event.node}`
  if (!node) return [{ rule: 'namesKnownThings', subject }]
  if (event.kind === 'nodeReadmitted') {
    const until = node.keptOutUntil
    return until !== undefined && until <= event.at
      ? []
      : [{ rule: 'offendersStayOut', subject, found: event.at }]
  }
  const since = event.at - (rule?.withinMs ?? 0)
  const failures = node.failedAt.filter((at) => at > since).length
  const isOffender = rule !== undefined && failures >= rule.failures
  if (event.kind === 'nodeReturned')
    return isOffender && !event.staysOut ? [{ rule: 'offendersStayOut', subject, found: failures }] : []
  const isRight = isOffender && event.failures === failures && event.until === event.at + rule.keepOutForMs
  return isRight ? [] : [{ rule: 'offendersStayOut', subject, expected: failures, found: event.failures }]
}

/** Every running gang is as fast as its slowest role, and that as its hardware and the slowest node that it sits on. */
export function paceRules(recount: Recount, state: AllocationState): Broken[] {
  const areAllWhole = [...recount.pools.values()].every(({ nodes }) =>
    nodes.every(({ speed }) => speed === 1),
  )
  if (areAllWhole) return []
  return [...recount.gangs.values()].flatMap(({ gang, parts }): Broken[] => {
    // A larger size runs faster by a table: that is counted with the sizes.
    if (!parts || gang.roles.some(({ elastic }) => elastic)) return []
    const expected = Math.min(...gang.roles.map((role, r) => paceOf(recount, role, parts[r])))
    const found = state.gangs.get(gang.id)?.speed
    const isSame = found !== undefined && Math.abs(found - expected) <= 1e-9
    return isSame ? [] : [{ rule: 'paceIsTheSlowest', subject: gang.id, expected, found: found ?? 'nothing' }]
  })
}

function paceOf(recount: Recount, role: Role, part: Part | undefined): number {
  const pool = part && recount.pools.get(part.poolId)
  if (!pool) return 1
  const ofHardware = role.accepts.find(({ hardware }) => hardware === pool.pool.hardware)?.speed ?? 1
  const sitsOn = part.runs.flatMap(({ first, nodes }) => pool.nodes.slice(first, first + nodes))
  return ofHardware * Math.min(1, ...sitsOn.map(({ speed }) => speed))
}

/** Nobody is kept out beyond its time. */
export function overdueOffenders({ pools, now }: Recount): Broken[] {
  return [...pools.values()].flatMap(({ pool, nodes }) =>
    nodes.flatMap(({ keptOutUntil, isRemoved }, n): Broken[] =>
      keptOutUntil !== undefined && keptOutUntil <= now && !isRemoved
        ? [{ rule: 'offendersStayOut', subject: `${pool.id}#${n}`, found: keptOutUntil }]
        : [],
    ),
  )
}
