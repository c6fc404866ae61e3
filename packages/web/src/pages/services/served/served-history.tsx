import { SegmentedControl, Skeleton } from '@mantine/core'
import { showServiceHistory } from '@offtake/contract/api/served-routes'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { reading } from '../../../api/call.ts'
import { TimeChart } from '../../../parts/chart/time-chart.tsx'
import { Failure } from '../../../parts/failure.tsx'
import { countText } from '../../../parts/number-text.ts'
import { Section } from '../../../parts/page.tsx'
import { useNow } from '../../../parts/use-now.ts'
import { SPANS } from '../services-search.ts'
import { historySeries } from './history-series.ts'

const { useSearch, useNavigate } = getRouteApi('/services/$id')

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** How far it goes back, and how far ahead. */
const REACH = {
  day: { back: DAY_MS, ahead: DAY_MS / 4 },
  week: { back: 7 * DAY_MS, ahead: DAY_MS },
  month: { back: 26 * DAY_MS, ahead: 4 * DAY_MS },
} as const

/** What was wanted of a service and what ran, on one chart. */
export function ServiceHistory({ id }: { readonly id: string }) {
  const { span = 'day' } = useSearch()
  const navigate = useNavigate()
  const now = useNow()
  // Asked anew when events say so; its edges move with the hours alone.
  const hour = Math.floor(now / HOUR_MS) * HOUR_MS
  const from = hour - REACH[span].back
  const until = hour + HOUR_MS + REACH[span].ahead
  const query = { from: isoOf(from), until: isoOf(until) }
  const { data, error, refetch } = useQuery({
    ...reading(showServiceHistory, { params: { id }, query }),
    placeholderData: keepPreviousData,
  })
  const series = useMemo(() => data && historySeries(data, now), [data, now])
  return (
    <Section
      title="Demand and replicas"
      actions={
        <SegmentedControl
          size="xs"
          aria-label="How far back"
          data={[...SPANS]}
          value={span}
          onChange={(value) => void navigate({ search: { span: value as typeof span }, replace: true })}
        />
      }
    >
      {error && <Failure error={error} again={refetch} />}
      {series ? (
        <TimeChart
          label={`Replicas of ${id} that were wanted and that ran`}
          series={series}
          from={from}
          until={until}
          now={now}
          text={countText}
        />
      ) : (
        !error && <Skeleton h={280} />
      )}
    </Section>
  )
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString()
}
