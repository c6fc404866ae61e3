import { Stack } from '@mantine/core'
import { useMemo } from 'react'
import { shortText } from '../number-text.ts'
import classes from './chart.module.css'
import { Chart } from './chart.tsx'
import { type Palette, usePalette } from './palette.ts'
import { Swatch } from './swatch.tsx'
import { tipOf } from './tip.ts'

export interface TimeSeries {
  readonly name: string
  /** Milliseconds and the value from then on. */
  readonly points: readonly (readonly [number, number])[]
  /** From the palette by its place, or any. */
  readonly color?: number | string
  /** Holds until the next point; goes straight to it otherwise. */
  readonly isStep?: boolean
  /** Stands on the others of the same stack. */
  readonly stack?: string
  readonly isFilled?: boolean
  readonly isDashed?: boolean
}

interface TimeChartProps {
  readonly label: string
  readonly series: readonly TimeSeries[]
  readonly height?: number
  /** Where the present is drawn. */
  readonly now?: number
  /** What the axis goes from and to, milliseconds. */
  readonly from?: number
  readonly until?: number
  readonly text?: (value: number) => string
  /** What the axis shows, such as 'accelerators'. */
  readonly unit?: string
}

/** Quantities over time, with what each line is above it. */
export function TimeChart(props: TimeChartProps) {
  const { label, series, height = 260 } = props
  const palette = usePalette()
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is a function of these alone
  const option = useMemo(
    () => optionOf(props, palette),
    [palette, series, props.now, props.from, props.until, props.text],
  )
  return (
    <Stack gap="xs">
      <ul className={classes.legend}>
        {series.map(({ name, color, isDashed }, index) => (
          <li key={name}>
            <Swatch color={colorOf(palette, color ?? index)} isLine={isDashed ?? false} />
            {name}
          </li>
        ))}
      </ul>
      <Chart option={option} height={height} label={label} />
    </Stack>
  )
}

function colorOf({ series }: Palette, color: number | string): string {
  if (typeof color === 'string') return color
  return series[color % series.length] ?? '#888'
}

function optionOf(props: TimeChartProps, palette: Palette) {
  const { series, now, from, until, text = shortText } = props
  return {
    animation: false,
    textStyle: { fontFamily: 'inherit', color: palette.ink },
    grid: { left: 4, right: 12, top: 20, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'axis',
      backgroundColor: palette.raised,
      borderColor: palette.hairline,
      padding: [8, 12],
      textStyle: { color: palette.ink, fontSize: 12 },
      axisPointer: { lineStyle: { color: palette.quiet, type: 'dashed' } },
      formatter: tipOf(text),
    },
    xAxis: {
      type: 'time',
      ...(from === undefined ? {} : { min: from }),
      ...(until === undefined ? {} : { max: until }),
      axisLine: { lineStyle: { color: palette.hairline } },
      axisTick: { show: false },
      axisLabel: { color: palette.quiet, hideOverlap: true, fontSize: 11 },
      splitLine: { show: false },
    },
    yAxis: [
      {
        type: 'value',
        min: 0,
        axisLabel: { color: palette.quiet, fontSize: 11, formatter: text },
        splitLine: { lineStyle: { color: palette.hairline } },
        splitNumber: 4,
      },
      // From the foot to the top, whatever the other one goes to: on it stands the present.
      { type: 'value', min: 0, max: 1, show: false },
    ],
    series: [
      ...series.map((one, index) => lineOf(one, colorOf(palette, one.color ?? index))),
      ...(now === undefined ? [] : [presentOf(now, palette)]),
    ],
  }
}

function lineOf(one: TimeSeries, color: string) {
  const { name, points, isStep, stack, isFilled, isDashed } = one
  return {
    type: 'line',
    name,
    data: points,
    showSymbol: false,
    color,
    lineStyle: { width: stack ? 0.5 : 1.75, color, type: isDashed ? 'dashed' : 'solid' },
    emphasis: { disabled: true },
    ...(isStep ? { step: 'end' } : {}),
    ...(stack ? { stack } : {}),
    ...(isFilled ? { areaStyle: { color, opacity: stack ? 0.85 : 0.18 } } : {}),
  }
}

/** A line through the present, of which no tip speaks. */
function presentOf(now: number, { quiet }: Palette) {
  return {
    type: 'line',
    yAxisIndex: 1,
    data: [
      [now, 0],
      [now, 1],
    ],
    symbol: 'none',
    silent: true,
    tooltip: { show: false },
    lineStyle: { width: 1, color: quiet },
    endLabel: { show: true, formatter: 'now', color: quiet, fontSize: 11, offset: [-2, -8], align: 'center' },
  }
}
