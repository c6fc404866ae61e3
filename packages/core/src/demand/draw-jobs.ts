import type { Hardware } from '../base/hardware.ts'
import { HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '../base/instant.ts'
import { drawNormal, normalShareBelow } from '../base/normal.ts'
import type { Prng } from '../base/prng.ts'
import { intersection, type Span } from '../base/span.ts'
import { arrivalsBy } from './arrivals.ts'
import type { Gang, Role } from './gang.ts'
import { smallestNode } from './gang-layout.ts'
import { growthFactor, growthStart, levelAt } from './growth.ts'
import { hourRates } from './hour-rates.ts'
import type { Job } from './job.ts'
import { type Quantile, quantileOf } from './quantile-table.ts'
import { spendingOf } from './spending.ts'
import type { Workload, WorkloadProfile } from './workload.ts'
import { workloadRoles } from './workload-roles.ts'

/** What drawing needs beside the workload: chance, and the hardware that the workload may name. */
export interface Drawing {
  readonly prng: Prng
  readonly hardware: readonly Hardware[]
}

/** All jobs that the workload submits within the window, in order of time; the same seed gives the same jobs. */
export function drawJobs(workload: Workload, window: Span, drawing: Drawing): Job[] {
  return [...jobsInOrder(workload, window, drawing)]
}

/**
 * The same jobs one by one, an hour at a time, so that years of them need no memory.
 * Each hour has its own chance: a part of a window holds the same jobs as the whole (where growth counts from `active`).
 */
export function* jobsInOrder(workload: Workload, window: Span, drawing: Drawing): Generator<Job> {
  const span = workload.active ? intersection(workload.active, window) : window
  if (!span) return
  const { profile } = workload
  const chance = drawing.prng.fork(workload.id)
  const rates = hourRates(profile, chance)
  const arrivals = arrivalsBy(profile.gaps)
  const draw = jobMaker(workload, drawing.hardware)
  const growsFrom = growthStart(workload, window)
  for (let hour = Math.floor(span.start / HOUR_MS); hour * HOUR_MS < span.until; hour++) {
    const start = (hour * HOUR_MS) as Instant
    const luck = chance.fork(`jobs of hour ${hour}`)
    const rate = rates(hour)
    const grown = growthFactor(workload.growthPerYear, growsFrom, start) * levelAt(workload.levels, start)
    const mean = (workload.jobsPerDay / 24) * grown * rate
    const count = Math.floor(mean + luck.next())
    if (count === 0) continue
    const inHour = draw(start, luck)
    for (const seconds of arrivals(count, rate, luck)) {
      const job = inHour((start + seconds * SECOND_MS) as Instant)
      if (span.start <= job.submitted && job.submitted < span.until) yield job
    }
  }
}

/** Makes the jobs of one hour, one after the other. */
type JobMaker = (hour: Instant, chance: Prng) => (submitted: Instant) => Job

function jobMaker(workload: Workload, hardware: readonly Hardware[]): JobMaker {
  const { likeness } = workload.profile
  const sizeOf = sizeTable(workload.profile)
  const durationOf = durationTable(workload.profile)
  const rolesOf = roleTable(workload, smallestNode(workload, hardware))
  const alike = likeness?.durations ?? 0
  return (hour, chance) => {
    const prefix = `${workload.id}/${new Date(hour).toISOString().slice(0, 13)}-`
    const common = drawNormal(chance)
    let size = sizeOf(chance.next())
    let serial = 0
    return (submitted) => {
      const repeats = serial > 0 && chance.next() < (likeness?.sizes ?? 0)
      if (!repeats) size = sizeOf(chance.next())
      const score = Math.sqrt(alike) * common + Math.sqrt(1 - alike) * drawNormal(chance)
      const workMs = Math.max(1, Math.round(durationOf(size)(normalShareBelow(score)) * SECOND_MS))
      const gang = gangOf(workload, `${prefix}${++serial}`, rolesOf(size), workMs)
      return { gang, submitted, workMs }
    }
  }
}

function gangOf(workload: Workload, id: string, roles: readonly Role[], workMs: number): Gang {
  const spending = spendingOf(workload)
  const { tenant, priority, checkpointMs, restartMs, reclaimable, spread, window, movable } = workload
  return {
    id,
    tenant,
    priority,
    roles,
    name: workload.id,
    restartMs,
    reclaimable,
    ...(workload.statesLimit && { limitMs: statedLimit(workMs) }),
    ...(checkpointMs !== undefined && { checkpointMs }),
    ...(window !== undefined && { window }),
    ...(spread && { spread: { group: workload.id, ...spread } }),
    ...(spending && { spending }),
    ...(movable !== undefined && { movable }),
  }
}

/** Accelerators by share of jobs. */
function sizeTable({ sizes }: WorkloadProfile): (share: number) => number {
  let below = 0
  const upTo = sizes.map(({ share }) => (below += share))
  return (share) => {
    const found = upTo.findIndex((bound) => share * below < bound)
    return (sizes.at(found) as { accelerators: number }).accelerators
  }
}

/** Running time in seconds for the class of size that a job belongs to. */
function durationTable({ durations }: WorkloadProfile): (accelerators: number) => Quantile {
  const quantiles = durations.map(({ seconds }) => quantileOf(seconds))
  return (accelerators) =>
    quantiles.at(durations.findIndex(({ upToAccelerators }) => accelerators <= upToAccelerators)) as Quantile
}

/** Members by the profile's size; jobs of one size share them, which keeps millions of jobs small. */
function roleTable(workload: Workload, node: number): (size: number) => readonly Role[] {
  const known = new Map<number, readonly Role[]>()
  return (size) => {
    const roles = known.get(size) ?? workloadRoles(workload, size, node)
    known.set(size, roles)
    return roles
  }
}

const LIMITS_MS = [
  { upTo: HOUR_MS, step: 15 * MINUTE_MS },
  { upTo: 24 * HOUR_MS, step: HOUR_MS },
  { upTo: Number.POSITIVE_INFINITY, step: 24 * HOUR_MS },
]

/** Rounds up to the quarter of an hour, from an hour on to the hour, from a day on to the day. */
function statedLimit(workMs: number): number {
  const step = LIMITS_MS.find(({ upTo }) => workMs <= upTo)?.step ?? HOUR_MS
  return Math.ceil(workMs / step) * step
}
