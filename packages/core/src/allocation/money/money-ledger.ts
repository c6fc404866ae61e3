import { getOrAdd } from '../../base/get-or-add.ts'
import type { Instant } from '../../base/instant.ts'
import type { AcceleratorMs } from '../../base/quantity.ts'
import type { Span } from '../../base/span.ts'
import type { Pool } from '../../capacity/pool.ts'
import type { Tenant } from '../../demand/tenant.ts'
import { partsWith } from '../elastic/growth.ts'
import { milliOfPart, type Part } from '../events.ts'
import type { GangState } from '../gang-state.ts'
import { AcceleratorsInUse } from '../shares/accelerators-in-use.ts'
import { Budgets, priceOfMilli } from './budgets.ts'
import { egressMicros } from './egress.ts'
import { edgesOf, type Tier, tiersAt } from './price-tiers.ts'
import { TakeMeter } from './take-meter.ts'
import type { PricedGrant, Terms } from './terms.ts'

/** What one pool's use is served by at the moment. */
interface PoolMeter {
  readonly grants: readonly PricedGrant[]
  tiers: readonly Tier[]
  used: number
  /** What each accelerator in use bears of what all of them cost, in micro-units per hour, rounded down. */
  each: number
}

/** How long one grant's accelerators were used. */
export interface GrantMeter {
  inUse: number
  time: bigint
}

/** Running totals that another ledger goes on from, or a snapshot holds. */
export interface LedgerTotals {
  readonly countedUntil: Instant
  readonly grants: ReadonlyMap<string, bigint>
  readonly takes: ReadonlyMap<
    string,
    { readonly start: Instant; readonly drawn: bigint; readonly carriedIn: bigint }
  >
  /** By their starts, in order: those that are over, and the one that runs. */
  readonly budgets: ReadonlyMap<string, readonly (readonly [Instant, bigint])[]>
}

/**
 * Running totals of what is used of grants and takes, kept from the allocator's own events. Between two events all rates stay
 * the same, except at an edge: a grant comes or goes, a price changes, an interval begins or a take is used up. So the
 * totals depend on the events alone, and not on how often they are looked at.
 */
export class MoneyLedger {
  readonly terms: Terms
  readonly takes: ReadonlyMap<string, TakeMeter>
  budgets: Budgets
  readonly #pools: ReadonlyMap<string, PoolMeter>
  readonly #grants: ReadonlyMap<string, GrantMeter>
  readonly #edges: readonly Instant[]
  readonly #inUse = new AcceleratorsInUse()
  #edge = 0
  /** Goes up whenever something may cost otherwise than before. */
  version = 0
  #countedUntil: Instant

  constructor(terms: Terms, tenants: readonly Tenant[], at: Instant) {
    this.terms = terms
    this.#countedUntil = at
    this.takes = new Map(terms.takes.map((take) => [take.id, new TakeMeter(take, at)]))
    const byPool = new Map<string, PricedGrant[]>()
    for (const grant of terms.grants) getOrAdd(byPool, grant.poolId, () => []).push(grant)
    this.#pools = new Map([...byPool].map(([id, grants]) => [id, { grants, tiers: [], used: 0, each: 0 }]))
    this.#grants = new Map(terms.grants.map(({ id }) => [id, { inUse: 0, time: 0n }]))
    this.budgets = new Budgets(terms.budgets ?? [], tenants, at)
    const counted = [...terms.takes, ...(terms.budgets ?? [])]
    this.#edges = edgesOf(
      terms.grants,
      counted.flatMap(({ intervals }: { readonly intervals: readonly Span[] }) => intervals),
    )
    this.#turn()
  }

  get countedUntil(): Instant {
    return this.#countedUntil
  }

  /** How long accelerators of each grant were used. */
  usedOf(grantId: string): AcceleratorMs {
    return (this.#grants.get(grantId)?.time ?? 0n) as AcceleratorMs
  }

  totals(): LedgerTotals {
    return {
      countedUntil: this.#countedUntil,
      grants: new Map([...this.#grants].map(([id, { time }]) => [id, time])),
      takes: new Map(
        [...this.takes].flatMap(([id, { interval, drawn, carriedIn }]) =>
          interval ? [[id, { start: interval.start, drawn, carriedIn }]] : [],
        ),
      ),
      budgets: new Map(
        [...this.budgets.meters].map(([id, { interval, spent, past }]) => [
          id,
          [...past, ...(interval ? [[interval.start, spent] as const] : [])],
        ]),
      ),
    }
  }

  /** Goes on from totals that were kept before, as far as it has what they are of. */
  goOnFrom({ grants, takes, budgets }: LedgerTotals): void {
    for (const [id, time] of grants) {
      const grant = this.#grants.get(id)
      if (grant) grant.time = time
    }
    for (const [id, { start, drawn, carriedIn }] of takes) {
      const meter = this.takes.get(id)
      if (meter?.interval?.start !== start) continue
      meter.drawn = drawn
      meter.carriedIn = carriedIn
    }
    for (const [id, sums] of budgets) {
      const meter = this.budgets.meters.get(id)
      for (const [start, spent] of sums) meter?.goOn(start, spent)
    }
    this.#pour()
  }

  /** Takes in another tree of tenants, by which gangs draw on budgets. */
  setTenants(tenants: readonly Tenant[], gangs: Iterable<GangState>, at: Instant): void {
    this.countUntil(at)
    const before = this.totals()
    this.budgets = new Budgets(this.terms.budgets ?? [], tenants, at)
    for (const gang of gangs) if (gang.running) this.budgets.hold(gang, 1)
    this.goOnFrom(before)
  }

  /** Takes in that a gang holds its parts from the moment on, or no longer. */
  hold(gang: GangState, at: Instant, sign: 1 | -1): void {
    this.countUntil(at)
    this.budgets.hold(gang, sign)
    for (const part of partsWith(gang, gang.grown)) {
      const pool = this.#pools.get(part.poolId)
      if (pool) pool.used += this.#inUse.change(part, sign)
    }
    this.#pour()
  }

  /**
   * What so many more accelerators of a pool would cost per hour, on top of what is in use less what is to be freed:
   * nothing where a take is not used up yet.
   */
  priceOfNext(poolId: string, accelerators: number, freed = 0): number {
    const { tiers = [], used = 0 } = this.#pools.get(poolId) ?? {}
    let before = used - freed
    let rest = accelerators
    let sum = 0
    for (const tier of tiers) {
      const here = Math.min(rest, Math.max(0, tier.width - before))
      before = Math.max(0, before - tier.width)
      if (here > 0) sum += here * this.#priceOf(tier)
      rest -= here
      if (rest === 0) break
    }
    return sum
  }

  /** What parts cost per hour at the moment: every accelerator in use in a pool bears the same part of it. */
  priceInUse(parts: readonly Part[]): number {
    let sum = 0
    for (const part of parts) sum += priceOfMilli(milliOfPart(part), this.#pools.get(part.poolId)?.each ?? 0)
    return sum
  }

  /** Bringing a gang's data to the pool of its accelerators (failing those, of its first role) is paid when it starts. */
  payEgress({ gang, parts }: GangState, poolOf: (id: string) => Pool, at: Instant): void {
    const data = gang.spending?.data
    const anchor = parts.find(({ runs }) => runs.length > 0) ?? parts[0]
    if (!data || !anchor) return
    const micros = egressMicros(data, poolOf(anchor.poolId), this.terms.egress)
    if (micros > 0n) for (const meter of this.budgets.of(gang)) meter.pay(at, micros)
  }

  hasSpot(poolId: string): boolean {
    return this.#pools.get(poolId)?.tiers.some(({ grant }) => grant.order === 'spot') ?? false
  }

  /** How often each node of the pool is taken away at the moment; of several grants the most often. */
  lossesPerNodeHour(poolId: string): number {
    const { tiers = [] } = this.#pools.get(poolId) ?? {}
    return tiers.reduce((most, { grant }) => Math.max(most, grant.lossesPerNodeHour ?? 0), 0)
  }

  /** Whether prices or takes have changed by themselves by the moment, and that is not counted yet. */
  hasTurnedBy(at: Instant): boolean {
    return this.nextEdge() <= at
  }

  countUntil(at: Instant): void {
    for (let next = this.nextEdge(); next <= at; next = this.nextEdge()) {
      this.#count(next as Instant)
      this.#turn()
    }
    this.#count(at)
  }

  /** When prices or takes change by themselves next; infinite where they do not. */
  nextEdge(): number {
    let next = this.#edges[this.#edge] ?? Number.POSITIVE_INFINITY
    for (const meter of this.takes.values()) next = Math.min(next, meter.usedUpAt(this.#countedUntil))
    return next
  }

  #count(at: Instant): void {
    const ms = at - this.#countedUntil
    if (ms <= 0) return
    for (const grant of this.#grants.values())
      if (grant.inUse > 0) grant.time += BigInt(grant.inUse) * BigInt(ms)
    for (const meter of this.takes.values()) meter.count(this.#countedUntil, ms)
    this.budgets.count(this.#countedUntil, ms)
    this.#countedUntil = at
  }

  #turn(): void {
    const at = this.#countedUntil
    while ((this.#edges[this.#edge] ?? Number.POSITIVE_INFINITY) <= at) this.#edge += 1
    for (const meter of this.takes.values()) meter.turn(at)
    this.budgets.turn(at)
    for (const pool of this.#pools.values()) pool.tiers = tiersAt(pool.grants, at)
    this.#pour()
  }

  #priceOf({ grant, microsPerHour }: Tier): number {
    const take = grant.takeId === undefined ? undefined : this.takes.get(grant.takeId)
    return take && take.left(this.#countedUntil) > 0n ? 0 : microsPerHour
  }

  /** Pours the use of each pool into its tiers, the first ones first. */
  #pour(): void {
    this.version += 1
    for (const grant of this.#grants.values()) grant.inUse = 0
    for (const meter of this.takes.values()) meter.microsPerHour = 0
    for (const { tiers, used } of this.#pools.values()) {
      let rest = used
      for (const { grant, width, microsPerHour } of tiers) {
        if (rest === 0) break
        const here = Math.min(rest, width)
        const meter = this.#grants.get(grant.id)
        if (meter) meter.inUse += here
        const take = grant.takeId === undefined ? undefined : this.takes.get(grant.takeId)
        if (take) take.microsPerHour += here * microsPerHour
        rest -= here
      }
    }
    for (const pool of this.#pools.values()) pool.each = this.#priceOfEach(pool)
    this.budgets.setPrices((poolId) => this.#pools.get(poolId)?.each ?? 0)
  }

  #priceOfEach({ tiers, used }: PoolMeter): number {
    let rest = used
    let sum = 0
    for (const tier of tiers) {
      if (rest === 0) break
      const here = Math.min(rest, tier.width)
      sum += here * this.#priceOf(tier)
      rest -= here
    }
    return sum === 0 ? 0 : Math.floor(sum / used)
  }
}
