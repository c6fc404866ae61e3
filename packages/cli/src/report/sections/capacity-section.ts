import { formatCount } from '@offtake/contract/text/format-number'
import { formatDate, type Instant } from '@offtake/core/base/instant'
import { durationMs, type Span } from '@offtake/core/base/span'
import { excess, maximum, type StepFunction, sum, valueAt, within } from '@offtake/core/base/step-function'
import { addTimelines, groupTimelines, peakOf } from '@offtake/core/capacity/timeline'
import { expectUse } from '@offtake/core/cost/expected-use'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { amountText } from '../amount-text.ts'
import type { StepChart } from '../chart.ts'
import { dateText } from '../date-text.ts'
import { type ProviderPalette, providerSeries } from '../provider-palette.ts'
import { numbers, type Section, type TitledTable, words } from '../section.ts'
import { averagesOver, stepsOf } from '../time-averages.ts'

const UNIT = { kind: 'accelerators' } as const
const CHART_STEPS = 250

/** Promised and delivered accelerators over the horizon, against what is asked for and used. */
export function capacitySection(result: RunResult, palette: ProviderPalette): Section {
  const { portfolio, capacity } = result
  const { horizon } = portfolio
  const { promised, delivered } = addTimelines(capacity)
  const peak = peakOf(delivered, horizon)
  const section = { id: 'capacity', topic: 'Capacity' }
  if (!peak) return { ...section, heading: 'No accelerators are delivered within the horizon' }
  const missing = peakOf(within(excess(promised, delivered), horizon), horizon)
  const late = missing
    ? `At worst ${amountText(missing.accelerators, UNIT)} that were promised are missing, from ${dateText(missing.at)} on.`
    : 'All of it comes when it was promised.'
  const levels = levelsOf(result)
  return {
    ...section,
    heading: `Delivered capacity peaks at ${amountText(peak.accelerators, UNIT)} on ${dateText(peak.at)}`,
    text: `${late} Outside the window that was played, use is projected: each pool stays as busy as it was within it.`,
    chart: chartOf(levels, result, palette),
    tables: [tableOf(levels, palette)],
  }
}

interface Levels {
  readonly times: readonly Instant[]
  readonly byProvider: ReadonlyMap<string, StepFunction>
  readonly promised: StepFunction
  readonly delivered: StepFunction
  readonly span: Span
}

function levelsOf({ capacity, portfolio: { horizon } }: RunResult): Levels {
  const { promised, delivered } = addTimelines(capacity)
  const inside = [...promised.times, ...delivered.times].filter(
    (at) => horizon.start < at && at < horizon.until,
  )
  return {
    times: [...new Set([horizon.start, ...inside])].sort((a, b) => a - b),
    byProvider: new Map(groupTimelines(capacity, 'provider').map((group) => [group.key, group.delivered])),
    promised,
    delivered,
    span: horizon,
  }
}

function chartOf(levels: Levels, result: RunResult, palette: ProviderPalette): StepChart {
  const { span, byProvider, promised } = levels
  const { window } = result.portfolio
  const played = stepsOf(window, stepsFor(window, span))
  const times = [
    ...new Set([...levels.times, ...played.map(({ start }) => start), window.until, span.until]),
  ].sort((a, b) => a - b)
  const at = (level: StepFunction): number[] => times.map((time) => valueAt(level, time))
  const averages = averagesOver(result.asked, played)
  // The last level holds to the end of the window.
  const asked = new Map<number, number>([
    [window.until, averages.at(-1) ?? 0],
    ...averages.map((value, n): [number, number] => [played[n]?.start ?? window.start, value]),
  ])
  return {
    kind: 'steps',
    unit: UNIT,
    times,
    areas: providerSeries(palette, (provider) => at(byProvider.get(provider) ?? sum())),
    lines: [
      { name: 'promised in all', colour: 'ink', dashed: true, values: at(promised) },
      {
        name: 'used, projected outside the window',
        colour: 'ink',
        dashed: false,
        values: supposedUse(result, times),
      },
      {
        name: 'asked for within the window',
        colour: 'warn',
        dashed: false,
        values: times.map((time) => asked.get(time) ?? null),
      },
    ],
    marked: { ...window, name: 'window played' },
  }
}

/** As many steps as the chart has room for in the window's part of the horizon. */
function stepsFor(window: Span, horizon: Span): number {
  return Math.max(1, Math.round((CHART_STEPS * durationMs(window)) / durationMs(horizon)))
}

/** Averages between the chart's moments: within the window use changes with every gang. */
function supposedUse({ capacity, used, portfolio }: RunResult, times: readonly Instant[]): number[] {
  const steps = times.slice(1).map((until, n) => ({ start: times[n] ?? until, until }))
  const pools = [...expectUse(capacity, used, portfolio).values()]
  const averages = pools.map((pool) => averagesOver(pool.used, steps))
  const totals = steps.map((_, n) => averages.reduce((total, pool) => total + (pool[n] ?? 0), 0))
  return [...totals, totals.at(-1) ?? 0].map(Math.round)
}

function tableOf({ times, byProvider, promised, delivered }: Levels, palette: ProviderPalette): TitledTable {
  const providers = palette.filter((provider) => maximum(byProvider.get(provider) ?? sum()) > 0)
  return {
    title: 'The same in numbers',
    columns: [...words('from'), ...numbers(...providers, 'delivered', 'promised')],
    rows: times.map((time) => [
      formatDate(time),
      ...providers.map((provider) => formatCount(valueAt(byProvider.get(provider) ?? sum(), time))),
      formatCount(valueAt(delivered, time)),
      formatCount(valueAt(promised, time)),
    ]),
  }
}
