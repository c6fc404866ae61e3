import { assert } from '../../base/assert.ts'
import type { SpreadRule } from '../../demand/spread-rule.ts'
import type { Part } from '../events.ts'
import type { PoolState } from '../pool-state.ts'

/** Seven of a hundred are 7 %, whatever binary fractions make of it. */
const ROUNDING = 1e-9

/** Gangs that are kept apart from one another. */
interface Group {
  /** Those that run, and those that wait. */
  live: number
  /** Those that run, and those for which room is kept. */
  seated: number
  /** How many of the seated each provider, region, pool or domain holds. */
  readonly byUnit: Map<string, number>
}

/** Who of a group sits where, in what is to hold no more than its part. Derived from the gangs that are known. */
export class SpreadGroups {
  readonly #groups = new Map<string, Group>()

  join(rule: SpreadRule): void {
    const key = keyOf(rule)
    const group = this.#groups.get(key) ?? { live: 0, seated: 0, byUnit: new Map() }
    group.live += 1
    this.#groups.set(key, group)
  }

  leave(rule: SpreadRule): void {
    const group = this.#group(rule)
    group.live -= 1
    if (group.live === 0) this.#groups.delete(keyOf(rule))
  }

  /** Counts a gang of the group that takes these seats, or gives them up. */
  seat(rule: SpreadRule, parts: readonly Part[], pools: ReadonlyMap<string, PoolState>, sign: 1 | -1): void {
    const group = this.#group(rule)
    group.seated += sign
    for (const unit of unitsOf(rule, parts, pools)) {
      const count = (group.byUnit.get(unit) ?? 0) + sign
      if (count > 0) group.byUnit.set(unit, count)
      else group.byUnit.delete(unit)
    }
  }

  /** Whether one more gang of the group may sit there. */
  maySeat(rule: SpreadRule, parts: readonly Part[], pools: ReadonlyMap<string, PoolState>): boolean {
    const units = unitsOf(rule, parts, pools)
    return this.#mayHold(rule, units)
  }

  /** Whether one more may sit somewhere in the pool, as far as its domains do not matter. */
  mayUse(rule: SpreadRule, pool: PoolState): boolean {
    return rule.over === 'domain' || this.#mayHold(rule, [unitOfPool(rule.over, pool)])
  }

  /** The domains of the pool that may hold no more of the group. */
  closedDomains(rule: SpreadRule, pool: PoolState): number[] {
    const closed: number[] = []
    const prefix = `${pool.pool.id}#`
    for (const unit of this.#group(rule).byUnit.keys())
      if (unit.startsWith(prefix) && !this.#mayHold(rule, [unit]))
        closed.push(Number(unit.slice(prefix.length)))
    return closed
  }

  /** Whether some of the group wait. */
  hasWaiting(rule: SpreadRule): boolean {
    const { live, seated } = this.#group(rule)
    return live > seated
  }

  #mayHold(rule: SpreadRule, units: Iterable<string>): boolean {
    const { live, seated, byUnit } = this.#group(rule)
    const most = rule.atMost === undefined ? live : Math.max(1, Math.ceil(rule.atMost * live - ROUNDING))
    let used = byUnit.size
    for (const unit of units) {
      const held = byUnit.get(unit) ?? 0
      if (held + 1 > most) return false
      if (held === 0) used += 1
    }
    const others = Math.max(0, live - seated - 1)
    return used + others >= Math.min(rule.distinct ?? 1, live)
  }

  #group(rule: SpreadRule): Group {
    const group = this.#groups.get(keyOf(rule))
    assert(group, 'a gang of the group is known')
    return group
  }
}

function keyOf({ group, over }: SpreadRule): string {
  return `${over} ${group}`
}

function unitOfPool(over: 'provider' | 'region' | 'pool', { pool }: PoolState): string {
  if (over === 'pool') return pool.id
  return over === 'provider' ? pool.provider : `${pool.provider}/${pool.region}`
}

function unitsOf(
  { over }: SpreadRule,
  parts: readonly Part[],
  pools: ReadonlyMap<string, PoolState>,
): Set<string> {
  const units = new Set<string>()
  for (const { poolId, runs } of parts) {
    const pool = pools.get(poolId)
    assert(pool, 'parts lie in known pools')
    if (over !== 'domain') units.add(unitOfPool(over, pool))
    else
      for (const { first, nodes } of runs)
        for (let d = pool.free.domainOf(first); d <= pool.free.domainOf(first + nodes - 1); d++)
          units.add(`${poolId}#${d}`)
  }
  return units
}
