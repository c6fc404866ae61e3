import type { AllocationEvent, Part } from '../allocation/events.ts'
import type { Instant } from '../base/instant.ts'
import type { Pool } from '../capacity/pool.ts'
import type { SpreadRule } from '../demand/spread-rule.ts'

/** What of a group that is kept apart would have gone on, had any one of what it is spread over gone out. */
export interface GroupSurvival {
  readonly group: string
  readonly over: SpreadRule['over']
  /** Of what ran: the mean over time, each moment weighing as many gangs as ran in it. */
  readonly meanShare: number
  /** The most that ran at once; of those, how many would have gone on. */
  readonly most: number
  readonly mostSurviving: number
}

interface Counted {
  readonly group: string
  readonly over: SpreadRule['over']
  readonly byUnit: Map<string, number>
  running: number
  /** Of those that run, those that the worst loss would leave. */
  surviving: number
  since: number
  ranMs: number
  survivedMs: number
  most: number
  mostSurviving: number
}

/** Follows the gangs that are kept apart, and what the loss of any one provider, region, pool or domain would leave of them. */
export class SurvivalObserver {
  readonly #pools = new Map<string, Pool>()
  readonly #domains = new Map<string, number[]>()
  readonly #groups = new Map<string, Counted>()
  /** The group of each gang that is kept apart, and where it sits. */
  readonly #gangs = new Map<string, { readonly group: Counted; units: readonly string[] }>()

  observe(event: AllocationEvent): void {
    switch (event.kind) {
      case 'poolOpened':
        this.#pools.set(event.pool.id, event.pool)
        this.#domains.set(event.pool.id, [])
        return
      case 'nodesAdded':
        return this.#addNodes(event)
      case 'submitted':
        if (event.gang.spread)
          this.#gangs.set(event.gang.id, { group: this.#group(event.gang.spread, event.at), units: [] })
        return
      case 'placed':
      case 'evicted':
      case 'finished':
      case 'cancelled':
        return this.#move(event)
      default:
    }
  }

  /** In order of the groups' names; those of which nothing ran are left out. */
  finish(until: Instant): readonly GroupSurvival[] {
    const groups = [...this.#groups.values()].filter(({ most }) => most > 0)
    return groups
      .map((counted) => {
        advance(counted, until)
        const { group, over, ranMs, survivedMs, most, mostSurviving } = counted
        return { group, over, meanShare: ranMs > 0 ? survivedMs / ranMs : 0, most, mostSurviving }
      })
      .sort((a, b) => (a.group < b.group ? -1 : 1))
  }

  #addNodes({ poolId, nodes }: Extract<AllocationEvent, { kind: 'nodesAdded' }>): void {
    const domains = this.#domains.get(poolId) ?? []
    let domain = (domains.at(-1) ?? -1) + 1
    for (const group of nodes)
      for (let d = 0; d < group.domains; d++, domain++)
        for (let n = 0; n < group.nodesPerDomain; n++) domains.push(domain)
  }

  #move(event: Extract<AllocationEvent, { kind: 'placed' | 'evicted' | 'finished' | 'cancelled' }>): void {
    const gang = this.#gangs.get(event.gangId)
    if (!gang) return
    const { group } = gang
    advance(group, event.at)
    count(group, gang.units, -1)
    gang.units = event.kind === 'placed' ? this.#unitsOf(group.over, event.parts) : []
    count(group, gang.units, 1)
    group.surviving = group.running - Math.max(0, ...group.byUnit.values())
    if (group.running > group.most) {
      group.most = group.running
      group.mostSurviving = group.surviving
    }
    if (event.kind === 'finished' || event.kind === 'cancelled') this.#gangs.delete(event.gangId)
  }

  #unitsOf(over: SpreadRule['over'], parts: readonly Part[]): string[] {
    const units = new Set<string>()
    for (const { poolId, runs } of parts) {
      const pool = this.#pools.get(poolId)
      if (over === 'provider') units.add(pool?.provider ?? poolId)
      else if (over === 'region') units.add(`${pool?.provider}/${pool?.region}`)
      else if (over === 'pool') units.add(poolId)
      else for (const { first, nodes } of runs) this.#addDomains(units, poolId, first, nodes)
    }
    return [...units]
  }

  #addDomains(units: Set<string>, poolId: string, first: number, nodes: number): void {
    for (const domain of this.#domains.get(poolId)?.slice(first, first + nodes) ?? [])
      units.add(`${poolId}#${domain}`)
  }

  #group({ group, over }: SpreadRule, at: Instant): Counted {
    const key = `${over} ${group}`
    const known = this.#groups.get(key)
    if (known) return known
    const sums = { running: 0, surviving: 0, since: at, ranMs: 0, survivedMs: 0, most: 0, mostSurviving: 0 }
    const created: Counted = { group, over, byUnit: new Map(), ...sums }
    this.#groups.set(key, created)
    return created
  }
}

function advance(group: Counted, at: Instant): void {
  group.ranMs += group.running * (at - group.since)
  group.survivedMs += group.surviving * (at - group.since)
  group.since = at
}

/** A gang that sits in several of them goes out with any. */
function count(group: Counted, units: readonly string[], sign: 1 | -1): void {
  if (units.length > 0) group.running += sign
  for (const unit of units) {
    const held = (group.byUnit.get(unit) ?? 0) + sign
    if (held > 0) group.byUnit.set(unit, held)
    else group.byUnit.delete(unit)
  }
}
