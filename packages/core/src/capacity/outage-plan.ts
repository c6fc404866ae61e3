import type { Instant } from '../base/instant.ts'
import type { OutageScope } from './outage-scope.ts'
import type { Pool } from './pool.ts'

/** An outage that a portfolio foresees: of known dates, or drawn at a rate. */
export type PlannedOutage = DatedOutage | OutageRate

export interface DatedOutage {
  readonly kind: 'dated'
  readonly of: OutageScope
  readonly start: Instant
  readonly until: Instant
  /** How long before it is told; it comes without warning at 0. */
  readonly announcedMs: number
}

/** How often what shares power, a network, a rack or an operator goes out together. */
export interface OutageRate {
  readonly kind: 'drawn'
  /** Of these pools: one of the three. */
  readonly provider?: string
  readonly pool?: string
  readonly hardware?: string
  /** What goes out at a time. */
  readonly each: 'provider' | 'pool' | 'domain'
  /** Outages in a year of each of those. */
  readonly perYear: number
  readonly lastsMs: number
  readonly announcedMs: number
}

export function isMeant({ provider, pool, hardware }: OutageRate, of: Pool): boolean {
  return provider === of.provider || pool === of.id || hardware === of.hardware
}
