import { getOrAdd } from '../../base/get-or-add.ts'
import type { Instant } from '../../base/instant.ts'
import type { AcceleratorMs } from '../../base/quantity.ts'
import type { Part } from '../events.ts'
import { AcceleratorsInUse } from '../shares/accelerators-in-use.ts'
import { edgesOf, type Tier, tiersAt } from './price-tiers.ts'
import { TakeMeter } from './take-meter.ts'
import type { PricedGrant, Terms } from './terms.ts'

/** What one pool's use is served by at the moment. */
interface PoolMeter {
  readonly grants: readonly PricedGrant[]
  tiers: readonly Tier[]
  used: number
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
}

/**
 * Running totals of what is used of grants and takes, kept from the allocator's own events. Between two events all rates stay
 * the same, except at an edge: a grant comes or goes, a price changes, an interval begins or a take is used up. So the
 * totals depend on the events alone, and not on how often they are looked at.
 */
export class MoneyLedger {
  readonly terms: Terms
  readonly takes: ReadonlyMap<string, TakeMeter>
  readonly #pools: ReadonlyMap<string, PoolMeter>
  readonly #grants: ReadonlyMap<string, GrantMeter>
  readonly #edges: readonly Instant[]
  readonly #inUse = new AcceleratorsInUse()
  #edge = 0
  #countedUntil: Instant

  constructor(terms: Terms, at: Instant) {
    this.terms = terms
    this.#countedUntil = at
    this.takes = new Map(terms.takes.map((take) => [take.id, new TakeMeter(take, at)]))
    const byPool = new Map<string, PricedGrant[]>()
    for (const grant of terms.grants) getOrAdd(byPool, grant.poolId, () => []).push(grant)
    this.#pools = new Map([...byPool].map(([id, grants]) => [id, { grants, tiers: [], used: 0 }]))
    this.#grants = new Map(terms.grants.map(({ id }) => [id, { inUse: 0, time: 0n }]))
    this.#edges = edgesOf(
      terms.grants,
      terms.takes.flatMap(({ intervals }) => intervals),
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
    }
  }

  /** Goes on from totals that were kept before, as far as it has what they are of. */
  goOnFrom({ grants, takes }: LedgerTotals): void {
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
  }

  /** Takes in that parts are held from the moment on, or no longer. */
  hold(parts: readonly Part[], at: Instant, sign: 1 | -1): void {
    this.countUntil(at)
    for (const part of parts) {
      const pool = this.#pools.get(part.poolId)
      if (pool) pool.used += this.#inUse.change(part, sign)
    }
    this.#pour()
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
    this.#countedUntil = at
  }

  #turn(): void {
    const at = this.#countedUntil
    while ((this.#edges[this.#edge] ?? Number.POSITIVE_INFINITY) <= at) this.#edge += 1
    for (const meter of this.takes.values()) meter.turn(at)
    for (const pool of this.#pools.values()) pool.tiers = tiersAt(pool.grants, at)
    this.#pour()
  }

  /** Pours the use of each pool into its tiers, the first ones first. */
  #pour(): void {
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
  }
}
