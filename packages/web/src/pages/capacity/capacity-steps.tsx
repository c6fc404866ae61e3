import { Skeleton } from '@mantine/core'
import type { CapacityOfPool } from '@offtake/contract/api/capacity-routes'
import { useMemo } from 'react'
import { usePalette } from '../../parts/chart/palette.ts'
import { TimeChart } from '../../parts/chart/time-chart.tsx'
import { useNow } from '../../parts/use-now.ts'
import type { Grouping } from './capacity-search.ts'
import { capacitySeries } from './capacity-series.ts'
import type { Gap } from './what-if-answers.ts'

interface CapacityStepsProps {
  readonly items: readonly CapacityOfPool[] | undefined
  readonly before: Gap | undefined
  readonly after: Gap | undefined
  readonly by: Grouping
  readonly pool: string | undefined
}

/** Promised and delivered over time, with what is asked for. */
export function CapacitySteps({ items, before, after, by, pool }: CapacityStepsProps) {
  const now = useNow()
  const { ink, warn, quiet } = usePalette()
  const series = useMemo(
    () => (items ? capacitySeries({ items, before, after, by, pool }, { ink, warn, quiet }) : []),
    [items, before, after, by, pool, ink, warn, quiet],
  )
  if (!items) return <Skeleton h={320} />
  return (
    <TimeChart
      label="Accelerators delivered one upon the other, promised, and asked for, over the horizon"
      series={series}
      height={320}
      now={now}
    />
  )
}
