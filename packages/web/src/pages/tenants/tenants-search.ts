import { textIn, wordIn } from '../../app/search.ts'

/** What the address of the tenants says. */
export interface TenantsSearch {
  /** Of which pool; of all together by default. */
  readonly pool?: string
  /** Those whose children are folded away, with commas between them. */
  readonly folded?: string
}

export function tenantsSearch(given: Record<string, unknown>): TenantsSearch {
  return { ...textIn(given, 'pool'), ...textIn(given, 'folded') }
}

export const BUCKETS = ['hour', 'day'] as const

/** What the address of one tenant says. */
export interface TenantSearch {
  /** By what its history is counted; by the day by default. */
  readonly by?: (typeof BUCKETS)[number]
}

export function tenantSearch(given: Record<string, unknown>): TenantSearch {
  return wordIn(given, 'by', BUCKETS)
}
