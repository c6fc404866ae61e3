import { getOrAdd } from '../../base/get-or-add.ts'
import type { NodeRun } from '../events.ts'
import type { GangState } from '../gang-state.ts'
import type { PassContext } from '../pass-context.ts'
import type { PoolState } from '../pool-state.ts'
import { divide } from './divide.ts'
import { type Growing, growingOf, notSmaller, type Option, worthOf } from './growing.ts'
import { elasticPart } from './growth.ts'
import { membersGrown, resizedTo } from './shrink.ts'
import { tryDivision } from './try-division.ts'

/**
 * Divides what is idle in each pool among the gangs that may grow there: class by class of priority, so that the sum of how much
 * faster each runs than at its smallest size is greatest. One that grew gives to another only where that sum becomes greater.
 */
export function grow(context: PassContext): void {
  // Growth takes what is paid for anyway from those who would wait for it, so nobody grows while prices decide.
  if (context.state.money) return
  const byPool = new Map<string, GangState[]>()
  for (const gang of [...context.state.growth.elastic].sort((a, b) => a.seq - b.seq))
    getOrAdd(byPool, elasticPart(gang).poolId, () => []).push(gang)
  for (const pool of context.state.pools) {
    const gangs = byPool.get(pool.pool.id)
    if (gangs && pool.free.free > 0) growIn(context, pool, gangs)
  }
}

function growIn(context: PassContext, pool: PoolState, gangs: readonly GangState[]): void {
  const growing = gangs.map((gang) => growingOf(context, gang, pool))
  if (growing.every(({ options }) => options.length === 1)) return
  const division =
    betterDivision(context, pool, growing) ?? betterDivision(context, pool, growing.map(notSmaller))
  if (!division) return
  const changed = [...division].filter(([gang, grown]) => membersGrown(gang, grown) !== membersGrown(gang))
  const shrinksFirst = changed.sort(
    ([a, grownA], [b, grownB]) => Number(isLarger(a, grownA)) - Number(isLarger(b, grownB)) || a.seq - b.seq,
  )
  for (const [gang, grown] of shrinksFirst) context.emit(resizedTo(context.state, gang, grown, context.at))
}

function isLarger(gang: GangState, grown: readonly NodeRun[]): boolean {
  return membersGrown(gang, grown) > membersGrown(gang)
}

/** Nothing where what the nodes allow is no better than what is. */
function betterDivision(
  context: PassContext,
  pool: PoolState,
  growing: readonly Growing[],
): ReadonlyMap<GangState, readonly NodeRun[]> | undefined {
  const wanted = wantedSizes(growing, pool.free.free)
  const found = tryDivision(context.state, pool, growing, wanted)
  for (const priority of prioritiesOf(growing)) {
    const gain = growing
      .filter(({ gang }) => gang.gang.priority === priority)
      .reduce((sum, each) => sum + worthOf(each, found.get(each.gang)) - worthOf(each, each.gang.grown), 0)
    if (gain !== 0) return gain > 0 ? found : undefined
  }
  return undefined
}

/** By count, the highest class of priority first; what a lower class must keep is not there for it. */
function wantedSizes(growing: readonly Growing[], capacity: number): ReadonlyMap<GangState, Option> {
  const wanted = new Map<GangState, Option>()
  const needed = (each: Growing): number => each.options[0]?.accelerators ?? 0
  let left = capacity - growing.reduce((sum, each) => sum + needed(each), 0)
  for (const priority of prioritiesOf(growing)) {
    const group = growing.filter(({ gang }) => gang.gang.priority === priority)
    const chosen = divide(
      group.map(({ options }) => options),
      left + group.reduce((sum, each) => sum + needed(each), 0),
    )
    for (const [n, each] of group.entries()) {
      const option = each.options[chosen[n] ?? 0] as Option
      wanted.set(each.gang, option)
      left -= option.accelerators - needed(each)
    }
  }
  return wanted
}

function prioritiesOf(growing: readonly Growing[]): number[] {
  return [...new Set(growing.map(({ gang }) => gang.gang.priority))].sort((a, b) => b - a)
}
