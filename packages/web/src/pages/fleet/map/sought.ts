import type { FleetModel } from './fleet-model.ts'

/** What was looked for on the map, as domains. */
export interface Sought {
  readonly label: string
  readonly has: (at: number) => boolean
  /** Those of it that there are now. */
  readonly domains: readonly number[]
}

/** Domains that a tenant holds most of. */
export function soughtTenant({ state }: FleetModel, tenant: string): Sought {
  const place = state.tenants.indexOf(tenant)
  const has = (at: number): boolean => place >= 0 && state.value('tenant', at) === place
  const domains: number[] = []
  for (let at = 0; at < state.domains; at++) if (has(at)) domains.push(at)
  return { label: tenant, has, domains }
}

interface PlaceOfJob {
  readonly pool: string
  readonly domains: readonly { readonly first: number; readonly count: number }[]
}

/** Domains in which a job has nodes. */
export function soughtJob({ state }: FleetModel, job: string, places: readonly PlaceOfJob[]): Sought {
  const domains = places.flatMap(({ pool, domains: stretches }) => {
    const offset = state.poolOf(pool)?.offset
    if (offset === undefined) return []
    return stretches.flatMap(({ first, count }) =>
      Array.from({ length: count }, (_, n) => offset + first + n),
    )
  })
  const all = new Set(domains)
  return { label: job, has: (at) => all.has(at), domains: [...all] }
}
