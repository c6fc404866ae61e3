import type { Instant } from '../base/instant.ts'
import type { Span } from '../base/span.ts'
import { excess, integral, type StepFunction, valueAt, ZERO } from '../base/step-function.ts'
import type { PoolTimeline } from '../capacity/timeline.ts'
import type { DemandSources } from '../demand/forecast.ts'
import type { Basis } from './charge.ts'
import { ALL, atMostAll, larger, minus, over, plus, type Ratio, times } from './exact-ratio.ts'
import { type Asked, statedDemand } from './stated-demand.ts'

/** A pool's use over all time: as measured within the window, and outside of it as it must be supposed. */
export interface ExpectedUse {
  readonly used: StepFunction
  /** What the use outside of the window rests on. */
  readonly basis: Basis
}

/** How the part of a pool that is used goes with the part of all there is that demand fills: straight from 0 by two points. */
interface Response {
  /** Where demand fills as much as within the window, the pool is used in this part. */
  readonly before: { readonly filled: Ratio; readonly used: Ratio }
  /** Used in this part where demand fills all. */
  readonly full: Ratio
}

/**
 * Supposes that outside of the window the pools that serve the same demand are together used in the part of it that they were
 * within it, as far as they are there. Where demand fills less of them than within the window, all are used less in the same
 * measure; where it fills more, what comes on top goes to each by the room that it has left (so that pools which the order of
 * placement left idle fill up, too), in whole accelerators, half up. A pool that had no capacity within the window is
 * supposed to be used like those that serve its demand, or else like all pools together; where nothing was asked for
 * within the window, or no pool was there, as far as demand fills it: these are marked assumed. Hardware that no demand
 * names is used as within the window.
 */
export function expectUse(
  pools: readonly PoolTimeline[],
  measured: ReadonlyMap<string, StepFunction>,
  sources: DemandSources,
): Map<string, ExpectedUse> {
  const { window } = sources
  const stated = statedDemand(pools, sources)
  const usedBy = (some: readonly PoolTimeline[]): Ratio => usedWithin(some, measured, window)
  const everywhere = usedBy(pools)
  return new Map(
    pools.map((timeline): [string, ExpectedUse] => {
      const { pool, delivered } = timeline
      const demand = stated.get(pool.hardware)
      const own = usedBy([timeline])
      const together = demand
        ? usedBy(pools.filter((other) => demand.hardware.has(other.pool.hardware)))
        : own
      const used = [own, together, everywhere].find(({ whole }) => whole > 0n) ?? ALL
      const filled = demand ? filledWithin(demand, window) : ALL
      const isComparable = filled.part > 0n
      const response = isComparable
        ? { before: { filled, used }, full: larger(used, atMostAll(over(together, filled))) }
        : { before: { filled: ALL, used: ALL }, full: ALL }
      const supposed = supposedUse(delivered, response, demand)
      const basis = own.whole > 0n && isComparable ? 'forecast' : 'assumed'
      return [pool.id, { used: overlay(supposed, measured.get(pool.id) ?? ZERO, window), basis }]
    }),
  )
}

/** What part of some pools was used within the window; a whole of zero where they were not there. */
function usedWithin(
  pools: readonly PoolTimeline[],
  measured: ReadonlyMap<string, StepFunction>,
  window: Span,
): Ratio {
  let [part, whole] = [0n, 0n]
  for (const { pool, delivered } of pools) {
    part += integral(measured.get(pool.id) ?? ZERO, window)
    whole += integral(delivered, window)
  }
  return whole > 0n ? atMostAll({ part, whole }) : { part, whole }
}

/** What part of what there is demand fills over the window; all of it where there is nothing. */
function filledWithin({ asked, delivered }: Asked, window: Span): Ratio {
  const whole = integral(delivered, window)
  return whole > 0n ? { part: whole - integral(excess(delivered, asked), window), whole } : ALL
}

function supposedUse(delivered: StepFunction, response: Response, demand: Asked | undefined): StepFunction {
  const moments = new Set([
    ...delivered.times,
    ...(demand ? [...demand.asked.times, ...demand.delivered.times] : []),
  ])
  const steps = new Steps()
  for (const at of [...moments].sort((a, b) => a - b)) {
    const here = valueAt(delivered, at)
    const { part, whole } = atMostAll(partUsed(response, filledAt(demand, at)))
    steps.go(at, Number((2n * BigInt(here) * part + whole) / (2n * whole)))
  }
  return steps
}

function filledAt(demand: Asked | undefined, at: Instant): Ratio {
  const there = demand ? valueAt(demand.delivered, at) : 0
  if (!demand || there === 0) return ALL
  return { part: BigInt(Math.min(there, valueAt(demand.asked, at))), whole: BigInt(there) }
}

function partUsed({ before, full }: Response, filled: Ratio): Ratio {
  const { part, whole } = before.filled
  const more = filled.part * whole - part * filled.whole
  if (more <= 0n) return times(before.used, over(filled, before.filled))
  const room = minus(full, before.used)
  return plus(before.used, times(room, { part: more, whole: filled.whole * (whole - part) }))
}

/** `inner` within the span and `outer` outside of it. */
function overlay(outer: StepFunction, inner: StepFunction, span: Span): StepFunction {
  const steps = new Steps()
  for (const [n, at] of outer.times.entries()) if (at < span.start) steps.go(at, outer.values[n] ?? 0)
  steps.go(span.start, valueAt(inner, span.start))
  for (const [n, at] of inner.times.entries())
    if (span.start < at && at < span.until) steps.go(at, inner.values[n] ?? 0)
  steps.go(span.until, valueAt(outer, span.until))
  for (const [n, at] of outer.times.entries()) if (at > span.until) steps.go(at, outer.values[n] ?? 0)
  return steps
}

/** A step function in the making, its steps given in order of time. */
class Steps implements StepFunction {
  readonly times: Instant[] = []
  readonly values: number[] = []

  go(at: Instant, value: number): void {
    if (value === (this.values.at(-1) ?? 0)) return
    this.times.push(at)
    this.values.push(value)
  }
}
