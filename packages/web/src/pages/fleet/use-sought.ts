import { listStays } from '@offtake/contract/api/job-routes'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { reading } from '../../api/call.ts'
import type { FleetSearch } from './fleet-search.ts'
import type { FleetModel } from './map/fleet-model.ts'
import { type Sought, soughtJob, soughtTenant } from './map/sought.ts'
import { useOfFleet } from './use-fleet.ts'

/** What was looked for: found, or why there is nothing to be seen of it. */
export interface Search {
  readonly found: Sought | undefined
  readonly says: string | undefined
  readonly error: unknown
}

/** Finds a tenant or a job of the address on the map. */
export function useSought(model: FleetModel, { tenant, job }: FleetSearch): Search {
  const ofTenant = useCallback(
    (now: FleetModel) => (tenant === undefined ? undefined : soughtTenant(now, tenant)),
    [tenant],
  )
  const byTenant = useOfFleet(model, ofTenant)
  const { data, error } = useQuery({
    ...reading(listStays, { params: { id: job ?? '' }, query: { limit: 500 } }),
    enabled: job !== undefined,
  })
  const byJob = useMemo(() => {
    if (job === undefined || !data) return undefined
    const places = data.items.filter(({ end }) => end === null).flatMap((stay) => stay.places)
    return soughtJob(model, job, places)
  }, [model, job, data])
  if (job === undefined) return { found: byTenant, says: byTenant && sizeText(byTenant), error: undefined }
  const state =
    data?.state === 'running' || data === undefined ? undefined : `${job} is ${data.state}: it holds nothing`
  return { found: byJob, says: state ?? (byJob && sizeText(byJob)), error: error ?? undefined }
}

function sizeText({ label, domains }: Sought): string {
  const count = domains.length === 1 ? '1 domain' : `${domains.length.toLocaleString()} domains`
  return `${label}: ${count}`
}
