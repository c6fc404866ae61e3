import type { Instant } from '../base/instant.ts'
import type { Span } from '../base/span.ts'
import { excess, integral, type StepFunction, valueAt, ZERO } from '../base/step-function.ts'
import type { PoolTimeline } from '../capacity/timeline.ts'
import type { DemandSources } from '../demand/forecast.ts'
import type { Basis } from './charge.ts'
import { type Asked, statedDemand } from './stated-demand.ts'

/** A pool's use over all time: as measured within the window, and outside of it as it must be supposed. */
export interface ExpectedUse {
  readonly used: StepFunction
  /** What the use outside of the window rests on. */
  readonly basis: Basis
}

/** A part of a whole, exact. */
interface Ratio {
  readonly part: bigint
  readonly whole: bigint
}

const ALL: Ratio = { part: 1n, whole: 1n }

/**
 * Supposes that outside of the window each pool is used in the same part as within it, more or less by as much as the demand that
 * workloads and services state would fill more or less of what there is for it (in whole accelerators, half up, and never more
 * than are delivered). A pool that had no capacity within the window is supposed to be used like all pools together; where none
 * had any, or nothing was asked for within the window, as far as demand fills it: both are marked assumed. Hardware that no
 * demand names is used as before.
 */
export function expectUse(
  pools: readonly PoolTimeline[],
  measured: ReadonlyMap<string, StepFunction>,
  sources: DemandSources,
): Map<string, ExpectedUse> {
  const { window } = sources
  const ratios = pools.map(({ pool, delivered }) => ({
    part: integral(measured.get(pool.id) ?? ZERO, window),
    whole: integral(delivered, window),
  }))
  const overall = ratios.reduce(
    (sum, { part, whole }) => ({
      part: sum.part + part,
      whole: sum.whole + whole,
    }),
    { part: 0n, whole: 0n },
  )
  const stated = statedDemand(pools, sources)
  return new Map(
    pools.map(({ pool, delivered }, n): [string, ExpectedUse] => {
      const own = ratios[n]
      const isMeasured = own !== undefined && own.whole > 0n
      const asked = stated.get(pool.hardware)
      const before = asked && filledWithin(asked, window)
      const isComparable = !before || before.part > 0n
      const used = isMeasured ? own : overall
      const ratio = isComparable && used.whole > 0n ? over(atMostAll(used), before ?? ALL) : ALL
      const supposed = scaled(delivered, ratio, asked)
      const basis = isMeasured && isComparable ? 'forecast' : 'assumed'
      return [pool.id, { used: overlay(supposed, measured.get(pool.id) ?? ZERO, window), basis }]
    }),
  )
}

function atMostAll({ part, whole }: Ratio): Ratio {
  return part < whole ? { part, whole } : ALL
}

function over(a: Ratio, b: Ratio): Ratio {
  return { part: a.part * b.whole, whole: a.whole * b.part }
}

/** What part of what there is demand fills over the window; all of it where there is nothing. */
function filledWithin({ asked, delivered }: Asked, window: Span): Ratio {
  const whole = integral(delivered, window)
  return whole > 0n ? { part: whole - integral(excess(delivered, asked), window), whole } : ALL
}

/** What is delivered × the ratio × the part of all there is that demand fills at the moment. */
function scaled(delivered: StepFunction, { part, whole }: Ratio, demand: Asked | undefined): StepFunction {
  const moments = new Set([
    ...delivered.times,
    ...(demand ? [...demand.asked.times, ...demand.delivered.times] : []),
  ])
  const steps = new Steps()
  for (const at of [...moments].sort((a, b) => a - b)) {
    const here = valueAt(delivered, at)
    const there = demand ? valueAt(demand.delivered, at) : 1
    const filled = demand ? Math.min(there, valueAt(demand.asked, at)) : 1
    const numerator = BigInt(here) * part * BigInt(filled)
    const denominator = whole * BigInt(there)
    const used = there === 0 ? 0 : Number((2n * numerator + denominator) / (2n * denominator))
    steps.go(at, Math.min(here, used))
  }
  return steps
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
