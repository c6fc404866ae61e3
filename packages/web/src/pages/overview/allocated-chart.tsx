import { Skeleton } from '@mantine/core'
import { showUsage, type UsageRow } from '@offtake/contract/api/usage-routes'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { reading } from '../../api/call.ts'
import { providerColors } from '../../parts/chart/provider-color.ts'
import { TimeChart, type TimeSeries } from '../../parts/chart/time-chart.tsx'
import { Empty } from '../../parts/empty.tsx'
import { useNow } from '../../parts/use-now.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const SHOWN_MS = 7 * DAY_MS

/** How many accelerators were held, by provider, hour by hour. */
export function AllocatedChart({ providers }: { readonly providers: readonly string[] }) {
  const now = useNow()
  const { data, error } = useQuery(reading(showUsage, { query: { by: 'hour', from: weekAgo(), limit: 500 } }))
  const series = useMemo(() => seriesOf(data?.items ?? [], providers, now), [data, providers, now])
  if (error || data?.items.length === 0)
    return (
      <Empty title="Nothing ran yet">
        Submit a job: <code>offtake job submit FILE</code>
      </Empty>
    )
  if (!data) return <Skeleton h={220} />
  const first = Math.min(now - DAY_MS, ...data.items.map(({ start }) => Date.parse(start)))
  return (
    <TimeChart
      label="Accelerators that were allocated, by provider and hour"
      series={series}
      height={220}
      from={first}
      until={now}
    />
  )
}

function weekAgo(): string {
  return new Date(Math.floor((Date.now() - SHOWN_MS) / HOUR_MS) * HOUR_MS).toISOString()
}

function seriesOf(rows: readonly UsageRow[], providers: readonly string[], now: number): TimeSeries[] {
  const hours = [...new Set(rows.map(({ start }) => Date.parse(start)))].sort((a, b) => a - b)
  return [...providerColors(providers)].flatMap(([name, color]) => {
    const held = new Map<number, number>()
    for (const { pool, start, hours: used } of rows)
      if (pool.startsWith(`${name}/`)) held.set(Date.parse(start), (held.get(Date.parse(start)) ?? 0) + used)
    if (held.size === 0) return []
    const points = hours.map((hour): [number, number] => [hour, (held.get(hour) ?? 0) / partOf(hour, now)])
    const [, last = 0] = points.at(-1) ?? []
    return { name, color, points: [...points, [now, last]], stack: 'held', isStep: true, isFilled: true }
  })
}

/** Of an hour that is not over, what is. */
function partOf(hour: number, now: number): number {
  return Math.max(0.01, Math.min(1, (now - hour) / HOUR_MS))
}
