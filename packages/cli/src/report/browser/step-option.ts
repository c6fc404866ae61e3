import type { LineSeries, Series, StepChart } from '../chart.ts'
import { amountAxis, frame, LETTERS } from './axis.ts'
import { lineLook } from './line-look.ts'
import type { Theme } from './theme.ts'
import { timeTicks } from './time-ticks.ts'
import { tooltipElement, tooltipFrame } from './tooltip.ts'

const DAY_MS = 86_400_000

export function stepOption(chart: StepChart, theme: Theme, width: number) {
  const { times, areas, lines, unit } = chart
  const shown = [...stackedTops(areas, times.length), ...lines.flatMap(({ values }) => values)]
  const ticks = timeTicks(
    times[0] ?? 0,
    times.at(-1) ?? 0,
    Math.max(3, Math.floor(width / labelWidth(times))),
  )
  return {
    ...frame(theme),
    grid: { left: 4, right: 14, top: 34, bottom: 4, containLabel: true },
    tooltip: {
      ...tooltipFrame(theme),
      axisPointer: { lineStyle: { color: theme.quiet } },
      formatter: tipOf(chart, theme),
    },
    xAxis: {
      type: 'time' as const,
      min: times[0],
      max: times.at(-1),
      axisTick: { customValues: ticks },
      axisLine: { lineStyle: { color: theme.quiet } },
      axisLabel: {
        color: theme.quiet,
        fontSize: LETTERS,
        hideOverlap: true,
        formatter: timeLabels(times),
        customValues: ticks,
      },
    },
    yAxis: amountAxis(shown, unit, theme),
    series: [
      ...areas.map((area) => areaSeries(area, chart, theme)),
      ...lines.flatMap((line) => [casingOf(line, chart, theme), lineSeries(line, chart, theme)]),
      ...(chart.marked ? [bandOf(chart.marked, topOf(shown), theme)] : []),
    ],
  }
}

function topOf(values: readonly (number | null)[]): number {
  return values.reduce((top: number, value) => Math.max(top, value ?? 0), 0)
}

function stackedTops(areas: readonly Series[], count: number): number[] {
  return Array.from({ length: count }, (_, at) =>
    areas.reduce((sum, { values }) => sum + (values[at] ?? 0), 0),
  )
}

/** Days over weeks, months over months, years over years; all in UTC. */
function timeLabels(times: readonly number[]): string {
  if (isLong(times)) return '{yyyy}'
  return daysOf(times) > 90 ? '{MMM} {yyyy}' : '{d} {MMM}'
}

function labelWidth(times: readonly number[]): number {
  return isLong(times) ? 56 : 85
}

function isLong(times: readonly number[]): boolean {
  return daysOf(times) > 800
}

function daysOf(times: readonly number[]): number {
  return ((times.at(-1) ?? 0) - (times[0] ?? 0)) / DAY_MS
}

function areaSeries({ name, colour, values }: Series, { times }: StepChart, theme: Theme) {
  return {
    type: 'line' as const,
    name,
    step: 'end' as const,
    stack: 'areas',
    symbol: 'none',
    data: points(times, values),
    itemStyle: { color: theme.colour(colour) },
    lineStyle: { width: 0 },
    areaStyle: { color: theme.colour(colour), opacity: 1 },
    emphasis: { disabled: true },
  }
}

/** As high as the levels reach, above the areas, which would hide it. */
function bandOf({ start, until }: NonNullable<StepChart['marked']>, top: number, theme: Theme) {
  return {
    type: 'line' as const,
    z: 3,
    silent: true,
    symbol: 'none',
    data: [
      [start, top],
      [until, top],
    ],
    lineStyle: { width: 0 },
    areaStyle: { color: theme.band, opacity: 1 },
    emphasis: { disabled: true },
  }
}

/** A line as wide as it takes to set the one on top of it apart from any area. */
function casingOf(line: LineSeries, chart: StepChart, theme: Theme) {
  const { lineStyle, ...series } = lineSeries(line, chart, theme)
  return { ...series, lineStyle: { width: 4, color: theme.paper }, silent: true }
}

function lineSeries(line: LineSeries, { times }: StepChart, theme: Theme) {
  const { name, values } = line
  return { ...lineLook(line, theme), name, step: 'end' as const, data: points(times, values) }
}

/** Where there is a level: it holds until the next moment, and the last one to where the line ends. */
function points(times: readonly number[], values: readonly (number | null)[]): [number, number][] {
  return times.flatMap((time, n): [number, number][] => {
    const value = values[n] ?? null
    return value === null ? [] : [[time, value]]
  })
}

function tipOf({ times, areas, lines, unit }: StepChart, theme: Theme) {
  return (hovered: unknown): HTMLElement => {
    const at = indexIn(hovered)
    const rows = [...areas, ...lines].map(({ name, colour, values }) => ({
      name,
      colour: theme.colour(colour),
      value: values[at] ?? null,
    }))
    return tooltipElement(`from ${momentText(times[at] ?? 0)}`, rows, unit)
  }
}

function indexIn(hovered: unknown): number {
  const [first] = Array.isArray(hovered) ? hovered : [hovered]
  return (first as { dataIndex?: number } | undefined)?.dataIndex ?? 0
}

function momentText(ms: number): string {
  const options = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const
  const day = new Intl.DateTimeFormat('en-GB', options).format(ms)
  return ms % DAY_MS === 0 ? day : `${day}, ${new Date(ms).toISOString().slice(11, 16)} UTC`
}
