import type { BarChart, Series } from '../chart.ts'
import { amountAxis, frame, LETTERS } from './axis.ts'
import { lineLook } from './line-look.ts'
import type { Theme } from './theme.ts'
import { tooltipElement, tooltipFrame } from './tooltip.ts'

const NARROW = 560
const COLUMN_HEIGHT = 320
const AXIS_HEIGHT = 44
const LINE_HEIGHT = 20
/** About as wide as a letter is on average, in pixels. */
const LETTER_WIDTH = 6.8
const CATEGORIES_SHOWN_ALL = 8

/** Rows take as much room as there are of them; on a narrow page their names stand above the bars. */
export function barHeight(chart: BarChart, width: number): number {
  const { direction, categories, isStacked, bars } = chart
  if (direction === 'columns') return COLUMN_HEIGHT + linesBelow(chart) * LINE_HEIGHT
  const thick = isStacked ? 34 : Math.max(34, bars.length * 20)
  return categories.length * (width < NARROW ? thick + 12 : thick) + AXIS_HEIGHT
}

export function barOption(chart: BarChart, theme: Theme, width: number) {
  const isRows = chart.direction === 'rows'
  const isNarrow = width < NARROW
  const { bars, line, unit, remarks } = chart
  const amounts = amountAxis([...tops(chart), ...(line?.values ?? [])], unit, theme)
  const names = isRows ? rowNames(chart, theme, width) : columnNames(chart, theme)
  // What stands at the end of a row says its unit.
  const axisName = remarks ? '' : amounts.name
  const roomForRemarks = isRows && remarks && !isNarrow ? 170 : 0
  return {
    ...frame(theme),
    grid: {
      left: 4,
      right: Math.max(roomForRemarks, isRows ? (axisName === '' ? 24 : 52) : 8),
      top: isRows ? 4 : 34,
      bottom: 4 + (chart.categoriesTitle === undefined ? 0 : LINE_HEIGHT),
      containLabel: true,
    },
    tooltip: {
      ...tooltipFrame(theme),
      axisPointer: { type: 'shadow' as const, shadowStyle: { color: theme.band } },
      formatter: tipOf(chart, theme),
    },
    xAxis: isRows ? { ...amounts, name: axisName } : names,
    yAxis: isRows ? names : amounts,
    series: [
      ...bars.map((bar, n) => ({
        ...barSeries(bar, chart, theme),
        ...(remarks && !(isRows && isNarrow) && isTopmost(chart, n)
          ? { label: remarkLabel(remarks, isRows, theme) }
          : {}),
      })),
      ...(line ? [lineOf(line, theme)] : []),
    ],
  }
}

/** How many lines stand below the names of columns. */
function linesBelow({ isStacked, remarks, categoriesTitle }: BarChart): number {
  return (remarks && !isStacked ? 1 : 0) + (categoriesTitle === undefined ? 0 : 1)
}

function columnNames(chart: BarChart, theme: Theme) {
  const { categories, categoriesTitle, labels, remarks, isStacked } = chart
  const isRemarkBelow = remarks !== undefined && !isStacked
  const interval = labels || categories.length <= CATEGORIES_SHOWN_ALL ? { interval: 0 } : {}
  return {
    type: 'category' as const,
    data: [...categories],
    axisTick: { show: false },
    axisLine: { lineStyle: { color: theme.quiet } },
    axisLabel: {
      color: theme.quiet,
      fontSize: LETTERS,
      hideOverlap: true,
      ...interval,
      ...(labels ? { formatter: (_: string, at: number) => labels[at] ?? '' } : {}),
      ...(isRemarkBelow
        ? {
            formatter: (name: string, at: number) => `${name}\n{remark|${remarks[at] ?? ''}}`,
            rich: { remark: { color: theme.text, fontSize: LETTERS, lineHeight: LINE_HEIGHT } },
          }
        : {}),
    },
    ...(categoriesTitle === undefined
      ? {}
      : {
          name: categoriesTitle,
          nameLocation: 'middle' as const,
          nameGap: AXIS_HEIGHT - 14,
          nameTextStyle: { color: theme.quiet, fontSize: LETTERS },
        }),
  }
}

function rowNames({ categories, remarks, bars, isStacked }: BarChart, theme: Theme, width: number) {
  const above = {
    inside: true,
    margin: 0,
    align: 'left' as const,
    verticalAlign: 'bottom' as const,
    padding: [0, 0, 6 + (isStacked ? 1 : bars.length) * 8, 0],
    formatter: (name: string, at: number) => namedRow(name, remarks?.[at] ?? '', width),
  }
  const beside = { width: 220, overflow: 'truncate' as const }
  return {
    type: 'category' as const,
    data: [...categories],
    inverse: true,
    z: 10,
    axisTick: { show: false },
    axisLine: { show: false },
    axisLabel: { color: theme.text, fontSize: LETTERS, interval: 0, ...(width < NARROW ? above : beside) },
  }
}

/** A long name gives way to what is said of it. */
function namedRow(name: string, remark: string, width: number): string {
  const room = Math.floor(width / LETTER_WIDTH) - remark.length - ROW_MARGIN
  const shown = name.length > room ? `${name.slice(0, Math.max(1, room - 1))}…` : name
  return remark === '' ? shown : `${shown}  ${remark}`
}

const ROW_MARGIN = 8

function tops({ bars, isStacked, categories }: BarChart): (number | null)[] {
  if (!isStacked) return bars.flatMap(({ values }) => [...values])
  return categories.map((_, at) => bars.reduce((sum, { values }) => sum + (values[at] ?? 0), 0))
}

/** Nothing is drawn for nothing, not even the edge that sets one bar apart from the next. */
const NO_BAR = { value: 0, itemStyle: { borderWidth: 0 } }

function barSeries({ name, colour, values }: Series, { isStacked, direction }: BarChart, theme: Theme) {
  return {
    type: 'bar' as const,
    name,
    ...(isStacked ? { stack: 'bars' } : {}),
    data: values.map((value) => (value === 0 ? NO_BAR : value)),
    // A part of a whole may exceed it by a rounding.
    clip: false,
    barMaxWidth: direction === 'rows' ? 16 : 56,
    barGap: '12%',
    itemStyle: { color: theme.colour(colour), borderColor: theme.paper, borderWidth: isStacked ? 0.5 : 0 },
    emphasis: { disabled: true },
  }
}

/** Only what is stacked has an end that is the whole's. */
function isTopmost({ isStacked, bars }: BarChart, n: number): boolean {
  return isStacked && n === bars.length - 1
}

function remarkLabel(remarks: readonly string[], isRows: boolean, theme: Theme) {
  return {
    show: true,
    position: isRows ? ('right' as const) : ('top' as const),
    color: theme.text,
    fontSize: LETTERS,
    textBorderColor: theme.paper,
    textBorderWidth: 3,
    formatter: ({ dataIndex }: { dataIndex: number }) => remarks[dataIndex] ?? '',
  }
}

function lineOf(line: NonNullable<BarChart['line']>, theme: Theme) {
  const { name, values } = line
  return { ...lineLook(line, theme), name, data: [...values], step: 'middle' as const, connectNulls: false }
}

function tipOf({ categories, bars, line, unit }: BarChart, theme: Theme) {
  return (hovered: unknown): HTMLElement => {
    const [first] = Array.isArray(hovered) ? hovered : [hovered]
    const at = (first as { dataIndex?: number } | undefined)?.dataIndex ?? 0
    const rows = [...bars, ...(line ? [line] : [])].map(({ name, colour, values }) => ({
      name,
      colour: theme.colour(colour),
      value: values[at] ?? null,
    }))
    return tooltipElement(categories[at] ?? '', rows, unit)
  }
}
