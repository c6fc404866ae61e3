/** What a tenant holds of a pool, in thousandths of accelerators, and held on average of late. */
interface Held {
  milli: number
  average: number
  /** When the average was last worked out. */
  at: number
}

/** One tenant's average of one pool: the tenant, the pool, the average, and its moment in ms. */
export type AverageEntry = readonly [tenant: string, pool: string, average: number, at: number]

/**
 * Who held how much of each pool of late. What was held counts half as much with every half-life that has passed since, so
 * that the average follows what is held, and forgets.
 */
export class HeldAverages {
  readonly #byTenant = new Map<string, Map<string, Held>>()
  readonly #halfLifeMs: number

  constructor(halfLifeMs: number) {
    this.#halfLifeMs = halfLifeMs
  }

  /** Takes more, or with less than 0 gives back. */
  charge(tenant: string, pool: string, accelerators: number, at: number): void {
    const held = this.#heldOf(tenant, pool, at)
    held.average = this.#averageAt(held, at)
    held.at = at
    held.milli += Math.round(accelerators * MILLI)
  }

  /** Half of what the tenant holds of the pool, and half of what it held on average: what it takes at once, and what it took. */
  weightOf(tenant: string, pool: string, at: number): number {
    const held = this.#byTenant.get(tenant)?.get(pool)
    return held ? (held.milli + this.#averageAt(held, at)) / (2 * MILLI) : 0
  }

  /** Takes over an average. */
  restore([tenant, pool, average, at]: AverageEntry): void {
    const held = this.#heldOf(tenant, pool, at)
    held.average = average
    held.at = at
  }

  /** As they were last worked out, or as they are at the moment; by tenant and pool. */
  entries(at?: number): readonly AverageEntry[] {
    const entries: AverageEntry[] = []
    for (const [tenant, pools] of this.#byTenant) {
      for (const [pool, held] of pools)
        entries.push([
          tenant,
          pool,
          at === undefined ? held.average : this.#averageAt(held, at),
          at ?? held.at,
        ])
    }
    return entries.sort(([a, b], [c, d]) => compare(a, c) || compare(b, d))
  }

  #heldOf(tenant: string, pool: string, at: number): Held {
    const pools = this.#byTenant.get(tenant) ?? new Map<string, Held>()
    this.#byTenant.set(tenant, pools)
    const held = pools.get(pool) ?? { milli: 0, average: 0, at }
    pools.set(pool, held)
    return held
  }

  #averageAt({ milli, average, at: since }: Held, at: number): number {
    const left = 2 ** (-Math.max(0, at - since) / this.#halfLifeMs)
    return average * left + milli * (1 - left)
  }
}

const MILLI = 1000

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
