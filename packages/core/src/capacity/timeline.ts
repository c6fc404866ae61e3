import type { Agreement } from '../agreements/agreement.ts'
import type { Grant } from '../agreements/grant.ts'
import { promisedGrants, resolveAgreement, type Slips } from '../agreements/resolve.ts'
import { usableAgreements } from '../agreements/standing.ts'
import { groupBy } from '../base/group.ts'
import type { Instant } from '../base/instant.ts'
import type { Span } from '../base/span.ts'
import {
  type Change,
  constant,
  fromChanges,
  piecesWithin,
  type StepFunction,
  sum,
} from '../base/step-function.ts'
import type { Fleet, FleetPool } from './fleet.ts'
import { type Pool, poolOf } from './pool.ts'
import { acceleratorsIn } from './topology.ts'

/** Accelerators over time as promised, and as delivered or now to be expected; CPU cores as delivered. */
export interface Timeline {
  readonly promised: StepFunction
  readonly delivered: StepFunction
  readonly cpuCores: StepFunction
}

export interface PoolTimeline extends Timeline {
  readonly pool: Pool
}

/** What brings capacity, and what is supposed of it. */
export interface CapacitySources {
  readonly agreements: readonly Agreement[]
  readonly fleet: Fleet
  readonly slips: Slips
  /** Listed machines without a date are there during all of it. */
  readonly horizon: Span
}

/** The usable capacity of a portfolio by pool, in the order of the pools' ids. */
export function capacityOf({ agreements, fleet, slips, horizon }: CapacitySources): PoolTimeline[] {
  const usable = usableAgreements(agreements)
  const granted = timelinesOf(
    usable.flatMap(promisedGrants),
    usable.flatMap((agreement) => resolveAgreement(agreement, slips)),
  )
  const listed = fleet.pools.map((pool) => listedTimeline(pool, horizon))
  return [...groupBy([...granted, ...listed], ({ pool }) => pool.id).values()]
    .flatMap(([first, ...others]) =>
      first ? [{ pool: first.pool, ...addTimelines([first, ...others]) }] : [],
    )
    .sort((a, b) => (a.pool.id < b.pool.id ? -1 : 1))
}

function listedTimeline(listed: FleetPool, horizon: Span): PoolTimeline {
  const { pool, groups, cpuCores, from = horizon.start, until = horizon.until } = listed
  const there = constant(acceleratorsIn(groups), { start: from, until })
  return { pool, promised: there, delivered: there, cpuCores: constant(cpuCores, { start: from, until }) }
}

/** Timelines of grants, whether or not they count as usable capacity. */
function timelinesOf(promised: readonly Grant[], delivered: readonly Grant[]): PoolTimeline[] {
  const promisedByPool = groupBy(promised, (grant) => poolOf(grant).id)
  const deliveredByPool = groupBy(delivered, (grant) => poolOf(grant).id)
  const pools = new Map([...promised, ...delivered].map((grant) => [poolOf(grant).id, poolOf(grant)]))
  return [...pools.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((pool) => ({
      pool,
      promised: acceleratorsOf(promisedByPool.get(pool.id) ?? []),
      delivered: acceleratorsOf(deliveredByPool.get(pool.id) ?? []),
      cpuCores: overSpans(deliveredByPool.get(pool.id) ?? [], ({ cpuCores }) => cpuCores),
    }))
}

export type Grouping = 'provider' | 'hardware' | 'region' | 'pool'

export interface GroupTimeline extends Timeline {
  readonly key: string
}

/** The pools' timelines added up by one of their properties, in the order of its values. */
export function groupTimelines(timelines: readonly PoolTimeline[], by: Grouping): GroupTimeline[] {
  const groups = groupBy(timelines, ({ pool }) => (by === 'pool' ? pool.id : pool[by]))
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, members]) => ({ key, ...addTimelines(members) }))
}

export function addTimelines(timelines: readonly Timeline[]): Timeline {
  return {
    promised: sum(...timelines.map(({ promised }) => promised)),
    delivered: sum(...timelines.map(({ delivered }) => delivered)),
    cpuCores: sum(...timelines.map(({ cpuCores }) => cpuCores)),
  }
}

export interface Peak {
  readonly at: Instant
  readonly accelerators: number
}

/** The largest value within the span and when it is first reached; nothing where it never rises above zero. */
export function peakOf(f: StepFunction, span: Span): Peak | undefined {
  let peak: Peak | undefined
  for (const { start, value } of piecesWithin(f, span)) {
    if (value > (peak?.accelerators ?? 0)) peak = { at: start, accelerators: value }
  }
  return peak
}

function acceleratorsOf(grants: readonly Grant[]): StepFunction {
  return overSpans(grants, ({ accelerators }) => accelerators)
}

function overSpans(grants: readonly Grant[], amountOf: (grant: Grant) => number): StepFunction {
  return fromChanges(
    grants.flatMap((grant): Change[] => [
      { at: grant.span.start, by: amountOf(grant) },
      { at: grant.span.until, by: -amountOf(grant) },
    ]),
  )
}
