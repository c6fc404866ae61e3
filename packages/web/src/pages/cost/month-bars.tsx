import { Skeleton } from '@mantine/core'
import type { listMonthlyCharges } from '@offtake/contract/api/usage-routes'
import { groupBy } from '@offtake/core/base/group'
import { useMemo } from 'react'
import type { z } from 'zod'
import { kindText } from '../../parts/charge-words.ts'
import '../../parts/chart/bars.ts'
import { Chart } from '../../parts/chart/chart.tsx'
import { Legend } from '../../parts/chart/legend.tsx'
import { type Palette, usePalette } from '../../parts/chart/palette.ts'
import { sumTip } from '../../parts/chart/tip.ts'
import { Empty } from '../../parts/empty.tsx'
import { amountText, shortText } from '../../parts/number-text.ts'

type Monthly = z.output<(typeof listMonthlyCharges)['answer']>

interface MonthBarsProps {
  readonly data: Monthly | undefined
  readonly month: string
  readonly onMonth: (month: string) => void
}

/** A bar for each month, of what it is made of. */
export function MonthBars({ data, month, onMonth }: MonthBarsProps) {
  const palette = usePalette()
  const bars = useMemo(() => data && barsOf(data, palette), [data, palette])
  const option = useMemo(
    () => bars && data && optionOf(bars, { month, currency: data.currency }, palette),
    [bars, data, month, palette],
  )
  if (!data || !bars || !option) return <Skeleton h={300} />
  if (bars.months.length === 0) return <Empty title="Nothing is charged within the horizon" />
  return (
    <>
      <Legend items={bars.series.map(({ name, color }) => ({ name, color }))} />
      <Chart
        option={option}
        height={280}
        label={`Charges by month in ${data.currency}: ${amountText(data.total, data.currency, 'short')} in all`}
        onClick={({ dataIndex }) => {
          const chosen = bars.months[dataIndex ?? -1]
          if (chosen !== undefined) onMonth(chosen)
        }}
      />
    </>
  )
}

interface Bars {
  readonly months: readonly string[]
  readonly series: readonly {
    readonly name: string
    readonly color: string
    readonly values: readonly number[]
  }[]
}

const BASES = ['agreed', 'measured', 'forecast', 'assumed']

function barsOf({ items }: Monthly, { series, good, caution, accentSoft, accent }: Palette): Bars {
  const months = [...new Set(items.map(({ month }) => month))].sort()
  const byKey = groupBy(items, ({ key }) => key)
  const areBases = [...byKey.keys()].every((key) => BASES.includes(key))
  const bases: Readonly<Record<string, string>> = {
    agreed: accent,
    measured: good,
    forecast: accentSoft,
    assumed: caution,
  }
  const keys = areBases ? BASES.filter((key) => byKey.has(key)) : [...byKey.keys()].sort()
  return {
    months,
    series: keys.map((key, n) => {
      const of = new Map(byKey.get(key)?.map(({ month, amount }) => [month, Number(amount)]))
      return {
        name: kindText(key),
        color: bases[key] ?? series[n % series.length] ?? accent,
        values: months.map((month) => of.get(month) ?? 0),
      }
    }),
  }
}

function optionOf(
  { months, series }: Bars,
  { month, currency }: { readonly month: string; readonly currency: string },
  palette: Palette,
) {
  return {
    animation: false,
    textStyle: { fontFamily: 'inherit', color: palette.ink },
    grid: { left: 4, right: 12, top: 12, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'axis',
      backgroundColor: palette.raised,
      borderColor: palette.hairline,
      padding: [8, 12],
      textStyle: { color: palette.ink, fontSize: 12 },
      axisPointer: { type: 'shadow', shadowStyle: { opacity: 0.08 } },
      formatter: sumTip((value) => amountText(value.toFixed(2), currency, 'short')),
    },
    xAxis: {
      type: 'category',
      data: months,
      axisLine: { lineStyle: { color: palette.hairline } },
      axisTick: { show: false },
      axisLabel: { color: palette.quiet, hideOverlap: true, fontSize: 11 },
    },
    yAxis: {
      type: 'value',
      axisLabel: { color: palette.quiet, fontSize: 11, formatter: shortText },
      splitLine: { lineStyle: { color: palette.hairline } },
      splitNumber: 4,
    },
    series: series.map(({ name, color, values }, n) => ({
      type: 'bar',
      name,
      stack: 'all',
      data: values,
      color,
      barCategoryGap: '18%',
      emphasis: { disabled: true },
      ...(n === 0
        ? {
            markArea: {
              silent: true,
              itemStyle: { color: palette.accentSoft, opacity: 0.22 },
              data: [[{ xAxis: month }, { xAxis: month }]],
            },
          }
        : {}),
    })),
  }
}
