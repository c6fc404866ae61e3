import type { Tenant } from '../../demand/tenant.ts'
import type { AllocationState } from '../allocation-state.ts'
import type { Part } from '../events.ts'
import type { Broken } from './broken.ts'

const WEEK_MS = 7 * 24 * 3_600_000
const CLOSE = 1e-6

/** What each tenant held of each pool on average of late, worked out from event to event. */
export class CountedTurns {
  readonly averages = new Map<string, number>()
  readonly #tenants: ReadonlySet<string>
  readonly #halfLifeMs: number
  #now: number

  constructor(tenants: readonly Tenant[], halfLifeMs = WEEK_MS, at: number, before?: CountedTurns) {
    this.#tenants = new Set(tenants.map(({ id }) => id))
    this.#halfLifeMs = halfLifeMs
    this.#now = at
    for (const [key, average] of before?.averages ?? [])
      if (this.#tenants.has(key.split('\n')[0] ?? '')) this.averages.set(key, average)
  }

  /** Counts on to the moment, during which gangs held what they hold. */
  goOn(at: number, held: readonly { readonly tenant: string; readonly parts: readonly Part[] }[]): void {
    const gone = 1 - 0.5 ** ((at - this.#now) / this.#halfLifeMs)
    this.#now = at
    for (const [key, average] of this.averages) this.averages.set(key, average * (1 - gone))
    for (const { tenant, parts } of held) {
      for (const part of parts) {
        const key = `${tenant}\n${part.poolId}`
        this.averages.set(key, (this.averages.get(key) ?? 0) + 1000 * sizeOf(part) * gone)
      }
    }
  }
}

function sizeOf({ runs }: Part): number {
  let size = 0
  for (const { nodes, each, milli = 0 } of runs) size += nodes * each + milli / 1000
  return size
}

/** Tenants have the shares that they held. */
export function turnRules(counted: CountedTurns | undefined, { turns, now }: AllocationState): Broken[] {
  if (!counted || !turns) return turns ? [{ rule: 'sharesAreCounted', subject: '' }] : []
  return turns.averages(now).flatMap(([tenant, pool, found]) => {
    const expected = counted.averages.get(`${tenant}\n${pool}`) ?? 0
    const isClose = Math.abs(found - expected) <= CLOSE * Math.max(1, expected)
    return isClose ? [] : [{ rule: 'sharesAreCounted', subject: tenant, expected, found }]
  })
}
