import type { Instant } from '../base/instant.ts'
import { cutSpan, durationMs, monthsOf, type Span } from '../base/span.ts'
import { type Change, fromChanges, integral, type StepFunction, sum } from '../base/step-function.ts'
import type { PoolTimeline } from '../capacity/timeline.ts'
import { type DemandSources, forecastDemand, playedDemand } from '../demand/forecast.ts'

/** What is asked of a hardware, and what there is for it: of the pools of all hardware that those who ask would take as well. */
export interface Asked {
  /** By the mean of each month; within the window as it was played. */
  readonly asked: StepFunction
  readonly delivered: StepFunction
  readonly hardware: ReadonlySet<string>
}

/** By hardware, over as long as any pool is there; none for hardware that no workload or service accepts. */
export function statedDemand(pools: readonly PoolTimeline[], sources: DemandSources): Map<string, Asked> {
  const span = lifeOf(pools)
  if (!span) return new Map()
  const months = cutSpan(
    span,
    [...monthsOf(span), sources.window].flatMap(({ start, until }) => [start, until]),
  )
  const parts = partsOf(sources).map(({ accepts, alone }) => ({
    accepts,
    asked: meanBy(months, askedFor(alone, span)),
  }))
  const kinds = new Set(pools.map(({ pool }) => pool.hardware))
  return new Map(
    [...kinds].flatMap((hardware): [string, Asked][] => {
      const askers = parts.filter(({ accepts }) => accepts.has(hardware))
      if (askers.length === 0) return []
      const taken = new Set(askers.flatMap(({ accepts }) => [...accepts]))
      const others = pools.filter(({ pool }) => taken.has(pool.hardware))
      return [
        [
          hardware,
          {
            asked: sum(...askers.map(({ asked }) => asked)),
            delivered: sum(...others.map(({ delivered }) => delivered)),
            hardware: taken,
          },
        ],
      ]
    }),
  )
}

function lifeOf(pools: readonly PoolTimeline[]): Span | undefined {
  const moments = pools.flatMap(({ delivered: { times } }) => [times[0], times.at(-1)])
  const known = moments.filter((at) => at !== undefined)
  if (known.length === 0) return undefined
  return { start: Math.min(...known) as Instant, until: Math.max(...known) as Instant }
}

interface Part {
  readonly accepts: ReadonlySet<string>
  /** The same surroundings with one workload or service alone. */
  readonly alone: DemandSources
}

function partsOf(sources: DemandSources): Part[] {
  const names = (accepts: readonly { readonly hardware: string }[]): Set<string> =>
    new Set(accepts.map(({ hardware }) => hardware))
  return [
    ...sources.workloads.map((workload) => ({
      accepts: names(workload.accepts),
      alone: { ...sources, workloads: [workload], services: [] },
    })),
    ...sources.services.map((service) => ({
      accepts: names(service.replica.accepts),
      alone: { ...sources, workloads: [], services: [service] },
    })),
  ]
}

/** What is asked for over a span that lies within the window or outside of it. */
function askedFor(sources: DemandSources, life: Span): (span: Span) => StepFunction {
  const { window } = sources
  const played = playedDemand(sources).total
  const forecast = forecastDemand(sources, life).total
  return ({ start, until }) => (window.start <= start && until <= window.until ? played : forecast)
}

/** The mean within each span, in whole accelerators, half up. */
function meanBy(spans: readonly Span[], within: (span: Span) => StepFunction): StepFunction {
  const changes: Change[] = []
  let level = 0
  for (const span of spans) {
    const length = BigInt(durationMs(span))
    const mean = Number((2n * integral(within(span), span) + length) / (2n * length))
    changes.push({ at: span.start, by: mean - level })
    level = mean
  }
  const end = spans.at(-1)?.until
  return end === undefined ? fromChanges([]) : fromChanges([...changes, { at: end, by: -level }])
}
