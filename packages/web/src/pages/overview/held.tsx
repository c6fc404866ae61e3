import type { UsageRow } from '@offtake/contract/api/usage-routes'
import { showUsage } from '@offtake/contract/api/usage-routes'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { reading } from '../../api/call.ts'
import { TimeChart, type TimeSeries } from '../../parts/chart/time-chart.tsx'
import { Section } from '../../parts/page.tsx'

const HOURS_A_DAY = 24

/** How many accelerators were held, by provider, day by day. */
export function Held() {
  const { data } = useQuery(reading(showUsage, { query: { by: 'day', limit: 500 } }))
  const series = useMemo(() => seriesOf(data?.items ?? []), [data])
  return (
    <Section title="Allocated accelerators">
      <TimeChart label="Accelerators that were allocated, by provider" series={series} unit="accelerators" />
    </Section>
  )
}

function seriesOf(rows: readonly UsageRow[]): TimeSeries[] {
  const byProvider = new Map<string, Map<number, number>>()
  for (const { pool, start, hours } of rows) {
    const provider = pool.split('/')[0] ?? pool
    const days = byProvider.get(provider) ?? new Map<number, number>()
    const day = Date.parse(start)
    days.set(day, (days.get(day) ?? 0) + hours / HOURS_A_DAY)
    byProvider.set(provider, days)
  }
  return [...byProvider].map(([name, days]) => ({
    name,
    points: [...days].sort(([a], [b]) => a - b),
    stack: 'held',
    isStep: true,
    isFilled: true,
  }))
}
