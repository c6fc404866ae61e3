import type { Hardware } from '../base/hardware.ts'
import { DAY_MS, HOUR_MS, type Instant, instant, later, SECOND_MS } from '../base/instant.ts'
import { intersection, type Span } from '../base/span.ts'
import { type Change, fromChanges, type StepFunction, sum, ZERO } from '../base/step-function.ts'
import { acceleratorsOf } from './gang.ts'
import { smallestNode } from './gang-layout.ts'
import { growthFactor, growthStart, levelAt } from './growth.ts'
import { meanOf } from './quantile-table.ts'
import { replicasWithin } from './request-series.ts'
import type { Service } from './service.ts'
import type { Workload } from './workload.ts'
import { workloadRoles } from './workload-roles.ts'

/** Who asks for accelerators. */
export interface DemandSources {
  readonly workloads: readonly Workload[]
  readonly services: readonly Service[]
  readonly hardware: readonly Hardware[]
  /** A workload without dates of its own grows from the start of the window. */
  readonly window: Span
}

/** Accelerators asked for over time. */
export interface DemandForecast {
  /** By services: exactly what their series say. */
  readonly services: StepFunction
  /** By workloads: the mean number that their jobs keep busy where nobody has to wait. */
  readonly workloads: StepFunction
  readonly total: StepFunction
}

export function forecastDemand(sources: DemandSources, span: Span): DemandForecast {
  return demandOf(sources, span, ({ active }) => active ?? span)
}

/** The same within the window as it is played: of jobs that would have come before it none is there. */
export function playedDemand(sources: DemandSources): DemandForecast {
  const { window } = sources
  return demandOf(sources, window, ({ active }) => intersection(active ?? window, window))
}

function demandOf(
  sources: DemandSources,
  span: Span,
  arriving: (workload: Workload) => Span | undefined,
): DemandForecast {
  const { workloads, services } = sources
  const byServices = sum(...services.map((service) => acceleratorsOfService(service, span)))
  const busy = workloads.map((workload) => {
    const arrivals = arriving(workload)
    return arrivals ? busyAccelerators(workload, sources, { arrivals, span }) : ZERO
  })
  const byWorkloads = sum(...busy)
  return { services: byServices, workloads: byWorkloads, total: sum(byServices, byWorkloads) }
}

function acceleratorsOfService({ demand, replica }: Service, span: Span): StepFunction {
  const { members, acceleratorsPerMember, acceleratorMilliPerMember = 0 } = replica
  const milli = members * (1000 * acceleratorsPerMember + acceleratorMilliPerMember)
  if (milli === 0) return ZERO
  const { times, values } = replicasWithin(demand, span)
  return { times, values: values.map((replicas) => Math.ceil((replicas * milli) / 1000)) }
}

/**
 * What jobs that arrive at an even rate keep busy: rate × accelerators × the mean part of their running time by which they have
 * started, and not yet ended, at a moment. It rises from the first job on, levels at rate × running time (Little's law),
 * and falls after the last one.
 */
function busyAccelerators(
  workload: Workload,
  { hardware, window }: DemandSources,
  { arrivals, span }: { readonly arrivals: Span; readonly span: Span },
): StepFunction {
  const growsFrom = growthStart(workload, window)
  const classes = sizeClasses(workload, hardware)
  const busyAt = (at: Instant): number => {
    const arrived = Math.min(at, arrivals.until) as Instant
    const perSecond = (workload.jobsPerDay * SECOND_MS) / DAY_MS
    const grown = growthFactor(workload.growthPerYear, growsFrom, arrived) * levelAt(workload.levels, arrived)
    const rate = perSecond * grown
    const since = (from: Instant): number => Math.max(0, at - from) / SECOND_MS
    return classes.reduce((sum, { accelerators, startedWithin }) => {
      return (
        sum +
        rate * accelerators * (startedWithin(since(arrivals.start)) - startedWithin(since(arrivals.until)))
      )
    }, 0)
  }
  const changes: Change[] = []
  let busy = 0
  for (const at of lookedAt(arrivals, span)) {
    const next = Math.round(busyAt(at))
    changes.push({ at, by: next - busy })
    busy = next
  }
  return fromChanges([...changes, { at: span.until, by: -busy }])
}

interface SizeClass {
  /** Accelerators × the share of jobs. */
  readonly accelerators: number
  /** The mean running time, in seconds, of which no job counts more than so much. */
  startedWithin(seconds: number): number
}

/** On the hardware that the workload likes best. */
function sizeClasses(workload: Workload, hardware: readonly Hardware[]): SizeClass[] {
  const { profile, accepts } = workload
  const node = smallestNode(workload, hardware)
  const speed = accepts[0]?.speed ?? 1
  const whole = profile.sizes.reduce((sum, { share }) => sum + share, 0)
  return profile.sizes.flatMap(({ accelerators, share }) => {
    const table =
      profile.durations.find(({ upToAccelerators }) => accelerators <= upToAccelerators) ??
      profile.durations.at(-1)
    if (!table) return []
    return {
      accelerators: (acceleratorsOf({ roles: workloadRoles(workload, accelerators, node) }) * share) / whole,
      startedWithin: (seconds) => meanOf(table.seconds, seconds * speed) / speed,
    }
  })
}

/** The hours of the first day and of the day after the last job, where most changes, and every midnight. */
function* lookedAt(arrivals: Span, span: Span): Generator<Instant> {
  const first = Math.max(arrivals.start, span.start)
  for (let at = first as Instant; at < span.until; ) {
    yield at
    const isNear = at < arrivals.start + DAY_MS || (at >= arrivals.until && at < arrivals.until + DAY_MS)
    const next = isNear ? later(at, HOUR_MS) : instant((Math.floor(at / DAY_MS) + 1) * DAY_MS)
    at = at < arrivals.until ? (Math.min(next, arrivals.until) as Instant) : next
  }
}
