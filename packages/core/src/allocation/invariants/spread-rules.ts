import type { SpreadRule } from '../../demand/spread-rule.ts'
import type { Part } from '../events.ts'
import type { Broken } from './broken.ts'
import type { CountedGang, Recount } from './recount.ts'

/** Whether a gang that takes these seats, or for which they are kept, stays as far from others of its group as asked. */
export function spreadRules(recount: Recount, { gang }: CountedGang, parts: readonly Part[]): Broken[] {
  const { spread } = gang
  if (!spread) return []
  const isOfGroup = (other: SpreadRule | undefined): boolean =>
    other?.group === spread.group && other.over === spread.over
  const group = [...recount.gangs.values()].filter((other) => isOfGroup(other.gang.spread))
  const live = group.length
  const seats = group
    .filter((other) => other.gang.id !== gang.id)
    .map((other) => other.parts ?? recount.handOvers.get(other.gang.id)?.parts)
    .filter((taken) => taken !== undefined)
    .map((taken) => unitsOf(recount, spread.over, taken))
  const mine = unitsOf(recount, spread.over, parts)
  const broken: Broken[] = []
  const most = spread.atMost === undefined ? live : Math.max(1, Math.ceil(spread.atMost * live - 1e-9))
  for (const unit of mine) {
    const held = 1 + seats.filter((units) => units.has(unit)).length
    if (held > most) broken.push({ rule: 'groupsAreSpread', subject: gang.id, expected: most, found: held })
  }
  const used = new Set([...mine, ...seats.flatMap((units) => [...units])]).size
  const toCome = live - seats.length - 1
  const least = Math.min(spread.distinct ?? 1, live)
  if (used + toCome < least)
    broken.push({ rule: 'groupsAreSpread', subject: gang.id, expected: least, found: used + toCome })
  return broken
}

function unitsOf(recount: Recount, over: SpreadRule['over'], parts: readonly Part[]): Set<string> {
  const units = new Set<string>()
  for (const { poolId, runs } of parts) {
    const counted = recount.pools.get(poolId)
    if (!counted) continue
    const { provider, region } = counted.pool
    if (over === 'provider') units.add(provider)
    if (over === 'region') units.add(`${provider} ${region}`)
    if (over === 'pool') units.add(poolId)
    if (over !== 'domain') continue
    for (const { first, nodes } of runs)
      for (const node of counted.nodes.slice(first, first + nodes)) units.add(`${poolId} ${node.domain}`)
  }
  return units
}
