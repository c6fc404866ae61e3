import { getOrAdd } from '../base/get-or-add.ts'
import type { Instant } from '../base/instant.ts'
import type { Money } from '../base/money.ts'
import type { UsageRow } from '../usage/rollup.ts'
import { type Basis, type Charge, type ChargeKind, monthOf } from './charge.ts'
import { splitCents } from './exact-amount.ts'

/** The part of a charge that one tenant bears, or that nobody used. */
export interface AttributedCharge {
  readonly month: Instant
  /** Absent for the cost of what stood idle. */
  readonly tenant?: string
  readonly agreementId: string
  readonly lineId?: string
  readonly poolId?: string
  readonly kind: ChargeKind
  readonly amount: Money
  readonly basis: Basis
  readonly termsAssumed: boolean
}

/**
 * Splits every charge over the tenants in proportion to the accelerator time that they used of its pool in its month, to the
 * cent and without losing one. Take-or-pay that was not used, true-ups and credits for lateness are the cost of idle capacity;
 * a fixed sum is so in the part of its line that was not used. Outside of the metered months tenants are supposed to share
 * a pool as they did over all metered months, and a pool that nobody used as they shared all pools together.
 */
export function attributeCharges(charges: readonly Charge[], usage: readonly UsageRow[]): AttributedCharge[] {
  const mixes = new TenantMixes(usage)
  return charges.flatMap((charge) => attribute(charge, mixes))
}

/** How tenants share accelerator time. */
type Mix = ReadonlyMap<string, bigint>

class TenantMixes {
  readonly #byMonthAndPool = new Map<string, Map<string, bigint>>()
  readonly #byPool = new Map<string, Map<string, bigint>>()
  readonly #overall = new Map<string, bigint>()

  constructor(usage: readonly UsageRow[]) {
    for (const { month, tenant, poolId, used } of [...usage].sort(byTenant)) {
      if (used === 0n) continue
      for (const mix of [
        getOrAdd(this.#byMonthAndPool, `${month} ${poolId}`, () => new Map<string, bigint>()),
        getOrAdd(this.#byPool, poolId, () => new Map<string, bigint>()),
        this.#overall,
      ])
        mix.set(tenant, (mix.get(tenant) ?? 0n) + used)
    }
  }

  mixFor(charge: Charge): Mix {
    const { poolId, basis } = charge
    if (poolId === undefined) return this.#overall
    const ofMonth =
      basis === 'measured' || basis === 'agreed'
        ? this.#byMonthAndPool.get(`${monthOf(charge)} ${poolId}`)
        : undefined
    return ofMonth ?? this.#byPool.get(poolId) ?? this.#overall
  }
}

function attribute(charge: Charge, mixes: TenantMixes): AttributedCharge[] {
  const mix = [...mixes.mixFor(charge)]
  const [inUse, idle] = mix.length === 0 ? [0n, 1n] : sharesOf(charge)
  const ofTenants = mix.reduce((sum, [, used]) => sum + used, 0n)
  // The tenants' shares of the part in use, and the idle part, over one common denominator.
  const weights = [...mix.map(([, used]) => used * inUse), idle * (ofTenants > 0n ? ofTenants : 1n)]
  return splitCents(charge.amount, weights).flatMap((amount, n): AttributedCharge[] => {
    if (amount.micros === 0n) return []
    const {
      start: _start,
      until: _until,
      provider: _provider,
      time: _time,
      used: _used,
      owedAnyway: _owedAnyway,
      ...about
    } = charge
    const tenant = mix[n]?.[0]
    return [{ ...about, month: monthOf(charge), ...(tenant === undefined ? {} : { tenant }), amount }]
  })
}

/** How much of the charge is for what was used, and how much for what was not. */
function sharesOf({ kind, time, used }: Charge): readonly [bigint, bigint] {
  switch (kind) {
    case 'use':
    case 'spot':
    case 'onDemand':
    case 'slaCredit':
      return [1n, 0n]
    case 'unused':
    case 'trueUp':
    case 'lateCredit':
      return [0n, 1n]
    case 'fixed':
      return time === undefined || used === undefined || time === 0n ? [1n, 0n] : [used, time - used]
  }
}

/** Tenants in the order of their names, so that whoever gets a cent that does not divide does not depend on who came first. */
function byTenant(a: UsageRow, b: UsageRow): number {
  return a.tenant < b.tenant ? -1 : a.tenant > b.tenant ? 1 : 0
}
