import { addTimelines, peakOf } from '../capacity/timeline.ts'
import { promisedQuotas } from '../demand/promised-quotas.ts'
import { ALL_POOLS } from '../demand/validate.ts'
import type { RunResult } from './run-result.ts'

/** A pool of which tenants own more than it ever has in the window: not all of them can have their own at once. */
export interface Overpromised {
  /** `*` for all pools together. */
  readonly pool: string
  readonly quotas: number
  /** The most that is delivered within the window. */
  readonly most: number
}

export function overpromisedPools({
  portfolio,
  capacity,
}: Pick<RunResult, 'portfolio' | 'capacity'>): Overpromised[] {
  const { tenants, window } = portfolio
  return [...promisedQuotas(tenants)].flatMap(([pool, quotas]): Overpromised[] => {
    const meant = capacity.filter((timeline) => pool === ALL_POOLS || timeline.pool.id === pool)
    const most = peakOf(addTimelines(meant).delivered, window)?.accelerators ?? 0
    return quotas > most ? [{ pool, quotas, most }] : []
  })
}
