import { SegmentedControl, Skeleton } from '@mantine/core'
import { listTenants } from '@offtake/contract/api/tenant-routes'
import { showUsage, type UsageRow } from '@offtake/contract/api/usage-routes'
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { call, reading } from '../../../api/call.ts'
import { TimeChart } from '../../../parts/chart/time-chart.tsx'
import { Failure } from '../../../parts/failure.tsx'
import { Section } from '../../../parts/page.tsx'
import { useNow } from '../../../parts/use-now.ts'
import { BUCKETS } from '../tenants-search.ts'
import { shareSeries } from './share-series.ts'

const { useSearch, useNavigate } = getRouteApi('/tenants/$id')

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const REACH = {
  hour: { bucketMs: HOUR_MS, back: 2 * DAY_MS },
  day: { bucketMs: DAY_MS, back: 30 * DAY_MS },
} as const

/** More than these are not asked for: a chart shows no more. */
const MOST_PAGES = 8
const AT_ONCE = 10_000

function readingUsage(by: 'hour' | 'day', from: string) {
  return queryOptions({
    queryKey: ['shareHistory', by, from] as const,
    queryFn: async () => {
      const rows: UsageRow[] = []
      let cursor: string | undefined
      for (let page = 0; page < MOST_PAGES; page++) {
        const query = { by, from, limit: AT_ONCE, ...(cursor === undefined ? {} : { cursor }) }
        const { value } = await call(showUsage, { query })
        rows.push(...value.items)
        if (value.next === null) break
        cursor = value.next
      }
      return { rows, until: Date.now() }
    },
    // What is used changes with every event; how much in a stretch of time, slowly: so it has a name that no event knows.
    staleTime: 60_000,
    refetchInterval: 60_000,
  })
}

/** What a tenant held over time, against its part by weight. */
export function ShareHistory({ id }: { readonly id: string }) {
  const { by = 'day' } = useSearch()
  const navigate = useNavigate()
  const { bucketMs, back } = REACH[by]
  const from = Math.floor(useNow() / bucketMs) * bucketMs - back
  const usage = useQuery({
    ...readingUsage(by, new Date(from).toISOString()),
    placeholderData: keepPreviousData,
  })
  const { data: tenants } = useQuery(reading(listTenants, {}))
  const series = useMemo(
    () => usage.data && tenants && shareSeries({ id, tenants: tenants.items, bucketMs, from, ...usage.data }),
    [id, usage.data, tenants, bucketMs, from],
  )
  return (
    <Section
      title="Fair share"
      about="Accelerators held on average, with all tenants below it"
      actions={
        <SegmentedControl
          size="xs"
          aria-label="By the"
          data={BUCKETS.map((value) => ({ value, label: `by the ${value}` }))}
          value={by}
          onChange={(value) => void navigate({ search: { by: value as typeof by }, replace: true })}
        />
      }
    >
      {usage.error && <Failure error={usage.error} again={usage.refetch} />}
      {series ? (
        <TimeChart label={`Accelerators that ${id} held over time`} series={series} from={from} />
      ) : (
        !usage.error && <Skeleton h={280} />
      )}
    </Section>
  )
}
