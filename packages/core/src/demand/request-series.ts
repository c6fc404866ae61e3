import { assert } from '../base/assert.ts'
import { HOUR_MS, type Instant } from '../base/instant.ts'
import type { Span } from '../base/span.ts'
import { type Change, fromChanges, type StepFunction, within } from '../base/step-function.ts'
import { growthFactor, levelAt } from './growth.ts'
import type { DemandSeries } from './service.ts'
import { dayOfWeek } from './week.ts'

type DailySeries = Extract<DemandSeries, { kind: 'daily' }>
type SteppedSeries = Extract<DemandSeries, { kind: 'steps' }>

/** The replicas that a service asks for within the window, 0 outside of it. */
export function replicasWithin(series: DemandSeries, window: Span): StepFunction {
  return series.kind === 'steps' ? steppedReplicas(series, window) : dailyReplicas(series, window)
}

/** Each step holds until the next one; of two at one moment the later in the list. */
function steppedReplicas({ steps }: SteppedSeries, window: Span): StepFunction {
  const byMoment = new Map(steps.map(({ at, replicas }) => [at, replicas]))
  const ascending = [...byMoment].sort(([a], [b]) => a - b)
  const changes = ascending.map(([at, replicas], i) => ({ at, by: replicas - (ascending[i - 1]?.[1] ?? 0) }))
  return within(fromChanges(changes), window)
}

/** Set anew at `from` and every `everyMs` after it; nothing is asked for before `from`. */
function dailyReplicas(series: DailySeries, window: Span): StepFunction {
  assert(series.everyMs > 0, 'the number of replicas is set anew after some time')
  const changes: Change[] = []
  let replicas = 0
  const first = Math.max(0, Math.floor((window.start - series.from) / series.everyMs))
  for (let step = first; ; step++) {
    const at = (series.from + step * series.everyMs) as Instant
    if (at >= window.until) break
    const next = Math.round(wantedAt(series, at))
    if (next !== replicas) changes.push({ at: Math.max(at, window.start) as Instant, by: next - replicas })
    replicas = next
  }
  return fromChanges([...changes, { at: window.until, by: -replicas }])
}

/** mean × daily wave × weekend × growth × level; the wave averages one over a day, the weekend factors over a week. */
function wantedAt(series: DailySeries, at: Instant): number {
  const hour = at / HOUR_MS
  const wave = 1 + series.amplitude * Math.cos((2 * Math.PI * (hour - series.peakHour)) / 24)
  const weekday = 7 / (5 + 2 * series.weekend)
  const day = dayOfWeek(at) >= 5 ? weekday * series.weekend : weekday
  const grown = growthFactor(series.growthPerYear, series.from, at) * levelAt(series.levels, at)
  return Math.max(0, series.mean * wave * day * grown)
}
