import { HOUR_MS } from '@offtake/core/base/instant'
import type { Span } from '@offtake/core/base/span'
import { acceleratorsOf } from '@offtake/core/demand/gang'
import { weeklyCycle } from '@offtake/core/demand/hour-rates'
import type { Job } from '@offtake/core/demand/job'
import type { DurationTable, GapTable, Likeness, WorkloadProfile } from '@offtake/core/demand/workload'
import { type HourCount, measureBursts } from './measure-bursts.ts'
import { FINE_SHARES, normalScores, quantilesOf, rounded, SHARES } from './quantiles.ts'

/** What is measured, and under which name. */
export interface Measuring {
  readonly id: string
  readonly source: string
  /** Whole weeks in which the trace is complete. */
  readonly span: Span
  /** Whether the trace knows hours and days, or only time since its start. */
  readonly hasCalendar: boolean
  /** Days to leave out, counted from the start of 1970; none where absent. */
  readonly leaveOut?: (day: number) => boolean
}

interface Seen {
  readonly hour: number
  readonly second: number
  readonly accelerators: number
  readonly seconds: number
}

/** Measures the distributions of a trace. */
export function measureProfile(jobs: readonly Job[], measuring: Measuring): WorkloadProfile {
  const hours = hoursOf(measuring)
  const seen = seenIn(jobs, new Set(hours))
  const counts = countsOf(seen, hours)
  const cycles = measuring.hasCalendar ? cyclesOf(counts) : { hourOfDay: ones(24), dayOfWeek: ones(7) }
  return {
    id: measuring.id,
    source: measuring.source,
    sizes: sizesOf(seen),
    durations: durationsOf(seen),
    gaps: gapsOf(seen, counts),
    ...cycles,
    bursts: measureBursts(counts, weeklyCycle(cycles)),
    likeness: likenessOf(seen),
  }
}

function hoursOf({ span, leaveOut }: Measuring): number[] {
  const first = Math.ceil(span.start / HOUR_MS)
  const all = Array.from({ length: Math.floor(span.until / HOUR_MS) - first }, (_, hour) => first + hour)
  return leaveOut ? all.filter((hour) => !leaveOut(Math.floor(hour / 24))) : all
}

function seenIn(jobs: readonly Job[], hours: ReadonlySet<number>): Seen[] {
  return jobs
    .map(({ submitted, gang, workMs }) => ({
      hour: Math.floor(submitted / HOUR_MS),
      second: submitted / 1000,
      accelerators: acceleratorsOf(gang),
      seconds: workMs / 1000,
    }))
    .filter(({ hour }) => hours.has(hour))
}

function countsOf(seen: readonly Seen[], hours: readonly number[]): HourCount[] {
  const jobs = new Map<number, number>()
  for (const { hour } of seen) jobs.set(hour, (jobs.get(hour) ?? 0) + 1)
  // Hour 96 of 1970 was the first of a Monday.
  return hours.map((hour) => ({ hour, slot: (hour - 96) % 168, jobs: jobs.get(hour) ?? 0 }))
}

function cyclesOf(counts: readonly HourCount[]): Pick<WorkloadProfile, 'hourOfDay' | 'dayOfWeek'> {
  return {
    hourOfDay: relativeMeans(counts, 24, (slot) => slot % 24),
    dayOfWeek: relativeMeans(counts, 7, (slot) => Math.floor(slot / 24)),
  }
}

function relativeMeans(
  counts: readonly HourCount[],
  parts: number,
  partOf: (slot: number) => number,
): number[] {
  const means = ones(parts).map((_, part) => {
    const of = counts.filter(({ slot }) => partOf(slot) === part)
    return of.reduce((sum, { jobs }) => sum + jobs, 0) / of.length
  })
  const mean = means.reduce((sum, value) => sum + value, 0) / parts
  return means.map((value) => rounded(value / mean))
}

function ones(length: number): number[] {
  return new Array<number>(length).fill(1)
}

function sizesOf(seen: readonly Seen[]): WorkloadProfile['sizes'] {
  const counts = new Map<number, number>()
  for (const { accelerators } of seen) counts.set(accelerators, (counts.get(accelerators) ?? 0) + 1)
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([accelerators, count]) => ({ accelerators, share: Number((count / seen.length).toFixed(6)) }))
}

const FEWEST_PER_CLASS = 100

/** Classes end at powers of two; one with few jobs is joined to the next, the last to the one before. */
function durationsOf(seen: readonly Seen[]): DurationTable[] {
  const largest = seen.reduce((most, { accelerators }) => Math.max(most, accelerators), 1)
  const classes: { upToAccelerators: number; seconds: number[] }[] = []
  let from = 0
  for (let upTo = 1; from < largest; upTo *= 2) {
    const seconds = seen
      .filter(({ accelerators }) => from < accelerators && accelerators <= upTo)
      .map((job) => job.seconds)
    if (seconds.length < FEWEST_PER_CLASS && upTo < largest) continue
    const last = classes.at(-1)
    if (seconds.length < FEWEST_PER_CLASS && last) {
      last.seconds.push(...seconds)
      last.upToAccelerators = upTo
    } else classes.push({ upToAccelerators: upTo, seconds })
    from = upTo
  }
  return classes.map(({ upToAccelerators, seconds }) => ({
    upToAccelerators,
    seconds: quantilesOf(seconds, FINE_SHARES),
  }))
}

const BUSYNESS: readonly number[] = [0.25, 1, 4, 1000]

/** Gaps between neighbours of one hour ÷ the hour's mean gap, by the hour's jobs ÷ those of the mean hour. */
function gapsOf(seen: readonly Seen[], counts: readonly HourCount[]): GapTable[] {
  const mean = seen.length / counts.length
  const jobsIn = new Map(counts.map(({ hour, jobs }) => [hour, jobs]))
  const samples = BUSYNESS.map((): number[] => [])
  seen.forEach(({ hour, second }, at) => {
    const before = seen[at - 1]
    if (before?.hour !== hour) return
    const jobs = jobsIn.get(hour) ?? 1
    const place = BUSYNESS.findIndex((upTo) => jobs / mean <= upTo)
    samples.at(place)?.push(((second - before.second) * jobs) / 3600)
  })
  return BUSYNESS.map((upToRate, place) => ({
    upToRate,
    gaps: quantilesOf(samples[place] ?? [], SHARES),
  })).filter((_, place) => (samples[place]?.length ?? 0) > 0)
}

function likenessOf(seen: readonly Seen[]): Likeness {
  const shares = sizesOf(seen).map(({ share }) => share)
  const coincidence = shares.reduce((sum, share) => sum + share * share, 0)
  const pairs = seen.filter(({ hour }, at) => seen[at - 1]?.hour === hour).length
  const same = seen.filter(
    ({ hour, accelerators }, at) =>
      seen[at - 1]?.hour === hour && seen[at - 1]?.accelerators === accelerators,
  ).length
  const repeats = coincidence < 1 ? (same / Math.max(1, pairs) - coincidence) / (1 - coincidence) : 0
  return { sizes: within01(repeats), durations: within01(likenessOfDurations(seen)) }
}

/** The mean product of normal scores over pairs of one hour, each hour weighing as much as it has jobs. */
function likenessOfDurations(seen: readonly Seen[]): number {
  const scores = normalScores(seen.map(({ seconds }) => seconds))
  const hours = new Map<number, number[]>()
  seen.forEach(({ hour }, at) => {
    const of = hours.get(hour) ?? []
    of.push(scores[at] ?? 0)
    hours.set(hour, of)
  })
  let products = 0
  let weight = 0
  for (const of of hours.values()) {
    if (of.length < 2) continue
    const sum = of.reduce((total, score) => total + score, 0)
    const squares = of.reduce((total, score) => total + score * score, 0)
    products += (sum * sum - squares) / (of.length - 1)
    weight += of.length
  }
  return weight > 0 ? products / weight : 0
}

function within01(value: number): number {
  return Number(Math.min(0.99, Math.max(0, value)).toFixed(2))
}
