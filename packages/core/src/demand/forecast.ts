import type { Hardware } from '../base/hardware.ts'
import { DAY_MS, type Instant, later, SECOND_MS, WEEK_MS } from '../base/instant.ts'
import { intersection, type Span } from '../base/span.ts'
import { type Change, fromChanges, type StepFunction, sum, ZERO } from '../base/step-function.ts'
import { scaledSize, smallestNode } from './gang-layout.ts'
import { growthFactor } from './growth.ts'
import { meanOf } from './quantile-table.ts'
import { replicasWithin } from './request-series.ts'
import type { Service } from './service.ts'
import type { Workload } from './workload.ts'

/** Who asks for accelerators. */
export interface DemandSources {
  readonly workloads: readonly Workload[]
  readonly services: readonly Service[]
  readonly hardware: readonly Hardware[]
}

/** Accelerators asked for over time. */
export interface DemandForecast {
  /** By services: exactly what their series say. */
  readonly services: StepFunction
  /** By workloads: the mean number that their jobs keep busy where nobody has to wait. */
  readonly workloads: StepFunction
  readonly total: StepFunction
}

export function forecastDemand({ workloads, services, hardware }: DemandSources, span: Span): DemandForecast {
  const byServices = sum(...services.map((service) => acceleratorsOf(service, span)))
  const byWorkloads = sum(...workloads.map((workload) => busyAccelerators(workload, hardware, span)))
  return { services: byServices, workloads: byWorkloads, total: sum(byServices, byWorkloads) }
}

function acceleratorsOf({ demand, replica }: Service, span: Span): StepFunction {
  const each = replica.members * replica.acceleratorsPerMember
  if (each === 0) return ZERO
  const { times, values } = replicasWithin(demand, span)
  return { times, values: values.map((replicas) => replicas * each) }
}

/** Set anew every week: rate × mean accelerator time of a job (Little's law), grown as the workload grows. */
function busyAccelerators(workload: Workload, hardware: readonly Hardware[], span: Span): StepFunction {
  const active = workload.active ? intersection(workload.active, span) : span
  if (!active) return ZERO
  const growsFrom = workload.active?.start ?? span.start
  const atFirst = (workload.jobsPerDay * SECOND_MS * acceleratorSecondsPerJob(workload, hardware)) / DAY_MS
  const changes: Change[] = []
  let busy = 0
  for (let at = active.start; at < active.until; at = later(at, WEEK_MS)) {
    const next = Math.round(atFirst * growthFactor(workload.growthPerYear, growsFrom, at))
    changes.push({ at, by: next - busy })
    busy = next
  }
  return fromChanges([...changes, { at: active.until as Instant, by: -busy }])
}

/** On the hardware that the workload likes best. */
function acceleratorSecondsPerJob(workload: Workload, hardware: readonly Hardware[]): number {
  const { profile, sizeScale, accepts } = workload
  const node = smallestNode(workload, hardware)
  const whole = profile.sizes.reduce((sum, { share }) => sum + share, 0)
  const mean = profile.sizes.reduce((sum, { accelerators, share }) => {
    const durations =
      profile.durations.find(({ upToAccelerators }) => accelerators <= upToAccelerators) ??
      profile.durations.at(-1)
    if (!durations) return sum
    return sum + (share / whole) * scaledSize(accelerators, sizeScale, node) * meanOf(durations.seconds)
  }, 0)
  return mean / (accepts[0]?.speed ?? 1)
}
