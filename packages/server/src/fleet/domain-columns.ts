import { DOMAIN_COLUMNS, type DomainColumn } from '@offtake/contract/api/fleet-map-routes'
import type { AllocationState } from '@offtake/core/allocation/allocation-state'
import { elasticPart } from '@offtake/core/allocation/elastic/growth'
import type { NodeRun } from '@offtake/core/allocation/events'
import type { FreeIndex } from '@offtake/core/allocation/free-index'
import type { GangState } from '@offtake/core/allocation/gang-state'
import { DRAINING, FAILED, KEPT_OUT, OUTAGE } from '@offtake/core/allocation/node-condition'
import type { PoolState } from '@offtake/core/allocation/pool-state'
import { acceleratorsOf } from '@offtake/core/demand/gang'

/** A number for every domain of a pool, in each column. */
export type Columns = Readonly<Record<DomainColumn, Float64Array>>

/** Places of tenants in one list that only grows, so that what was told before stays true. */
export class TenantPlaces {
  readonly ids: string[] = []
  readonly #places = new Map<string, number>()

  of(id: string): number {
    const known = this.#places.get(id)
    if (known !== undefined) return known
    this.#places.set(id, this.ids.length)
    return this.ids.push(id) - 1
  }
}

/** What there is to tell of every domain of every pool, in the order of the pools: one look at each node and at each run of a gang. */
export function columnsOf(state: AllocationState, places: TenantPlaces): Columns[] {
  const tallies = state.pools.map((pool) => new Tally(pool))
  const tallyOf = (poolId: string): Tally => tallies[state.pool(poolId).number] as Tally
  for (const gang of state.gangs.values()) {
    if (!gang.running) continue
    const tenant = places.of(gang.gang.tenant)
    const share = gang.borrowed / Math.max(1, acceleratorsOf(gang.gang))
    for (const part of gang.parts) tallyOf(part.poolId).hold(part.runs, { gang, tenant, share })
    if (gang.grown.length > 0)
      tallyOf(elasticPart(gang).poolId).hold(gang.grown, { gang, tenant, share, isGrown: true })
  }
  return tallies.map((tally) => tally.done())
}

interface Holder {
  readonly gang: GangState
  readonly tenant: number
  /** The share of what it holds that is borrowed. */
  readonly share: number
  /** What it has grown by counts as free in the index, and is held all the same. */
  readonly isGrown?: true
}

/** Adds up what gangs hold of one pool. */
class Tally {
  readonly #free: FreeIndex
  readonly #columns: Columns
  /** What the tenant holds of the domain, by domain and tenant in one number. */
  readonly #byTenant = new Map<number, number>()

  constructor({ free }: PoolState) {
    this.#free = free
    this.#columns = columnsOfNodes(free)
  }

  hold(runs: readonly NodeRun[], holder: Holder): void {
    for (const { first, nodes, each, milli = 0 } of runs) {
      const until = first + nodes
      for (let node = first; node < until; ) {
        const domain = this.#free.domainOf(node)
        const end = Math.min(until, this.#free.firstNodeOf(domain) + this.#free.nodesOf(domain))
        this.#add(domain, (end - node) * each + milli / 1_000, holder)
        node = end
      }
    }
  }

  done(): Columns {
    const most = new Float64Array(this.#columns.tenant.length)
    for (const [key, held] of this.#byTenant) {
      const [domain, tenant] = [Math.floor(key / TENANTS), key % TENANTS]
      const best = most[domain] as number
      // Of two that hold as much, the one that came first to the list.
      if (held < best || (held === best && tenant > (this.#columns.tenant[domain] as number))) continue
      most[domain] = held
      this.#columns.tenant[domain] = tenant
    }
    for (const name of AMOUNTS) roundAll(this.#columns[name])
    return this.#columns
  }

  #add(domain: number, held: number, { gang, tenant, share, isGrown }: Holder): void {
    const { held: all, borrowed, askedBack, free } = this.#columns
    add(all, domain, held)
    if (isGrown) add(free, domain, -held)
    if (share > 0) add(borrowed, domain, held * share)
    if (gang.reclaim) add(askedBack, domain, held)
    const key = domain * TENANTS + tenant
    this.#byTenant.set(key, (this.#byTenant.get(key) ?? 0) + held)
  }
}

/** More than there will ever be of them. */
const TENANTS = 2 ** 20

const AMOUNTS = ['held', 'borrowed', 'askedBack', 'free'] as const

function add(column: Float64Array, at: number, amount: number): void {
  column[at] = (column[at] as number) + amount
}

/** Shares are thousandths. */
function roundAll(column: Float64Array): void {
  for (let at = 0; at < column.length; at++) {
    const value = column[at] as number
    if (!Number.isInteger(value)) column[at] = Math.round(value * 1_000) / 1_000
  }
}

function columnsOfNodes(free: FreeIndex): Columns {
  const columns = Object.fromEntries(
    DOMAIN_COLUMNS.map((name) => [name, new Float64Array(free.domains)]),
  ) as Columns
  columns.tenant.fill(-1)
  for (let domain = 0; domain < free.domains; domain++) {
    const first = free.firstNodeOf(domain)
    const until = first + free.nodesOf(domain)
    columns.block[domain] = free.blockOf(domain)
    columns.free[domain] = free.freeInDomain(domain)
    let there = 0
    for (let node = first; node < until; node++) {
      if (free.isOnline(node)) {
        there += 1
        add(columns.up, domain, 1)
      } else if (!free.isRetired(node)) {
        there += 1
        add(columns[reasonOf(free, node)], domain, 1)
      }
    }
    columns.total[domain] = there * free.largestIn(domain)
  }
  return columns
}

/** Several reasons may hold at once; the one that keeps it out longest is told, as with nodes. */
function reasonOf(free: FreeIndex, node: number): 'failed' | 'out' | 'draining' | 'spare' {
  if (free.isOut(node, FAILED)) return 'failed'
  if (free.isOut(node, OUTAGE | KEPT_OUT)) return 'out'
  return free.isOut(node, DRAINING) ? 'draining' : 'spare'
}
