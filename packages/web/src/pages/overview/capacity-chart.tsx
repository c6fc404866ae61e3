import { Skeleton } from '@mantine/core'
import type { CapacityOfPool } from '@offtake/contract/api/capacity-routes'
import { useMemo } from 'react'
import { usePalette } from '../../parts/chart/palette.ts'
import { providerColors } from '../../parts/chart/provider-color.ts'
import { TimeChart, type TimeSeries } from '../../parts/chart/time-chart.tsx'
import { useNow } from '../../parts/use-now.ts'

/** What is delivered by provider, one upon the other, and what was promised by all. */
export function CapacityChart({ items }: { readonly items: readonly CapacityOfPool[] | undefined }) {
  const now = useNow()
  const { ink } = usePalette()
  const series = useMemo(() => (items ? seriesOf(items, ink) : []), [items, ink])
  if (!items) return <Skeleton h={300} />
  return (
    <TimeChart
      label="Accelerators delivered by provider and promised by all, over the years of the agreements"
      series={series}
      height={300}
      now={now}
    />
  )
}

function seriesOf(items: readonly CapacityOfPool[], ink: string): TimeSeries[] {
  const moments = [...new Set(items.flatMap(({ steps }) => steps.map(({ at }) => at)))].sort()
  const providers = providerColors(items.map(({ provider }) => provider))
  const over = (some: readonly CapacityOfPool[], of: 'promised' | 'delivered'): [number, number][] =>
    moments.map((at) => [
      Date.parse(at),
      some.reduce((sum, { steps }) => sum + (steps.findLast((step) => step.at <= at)?.[of] ?? 0), 0),
    ])
  const delivered = [...providers].map(([provider, color]) => ({
    name: provider,
    color,
    points: over(
      items.filter((item) => item.provider === provider),
      'delivered',
    ),
    stack: 'delivered',
    isStep: true,
    isFilled: true,
  }))
  return [
    ...delivered,
    { name: 'promised', points: over(items, 'promised'), isStep: true, isDashed: true, color: ink },
  ]
}
