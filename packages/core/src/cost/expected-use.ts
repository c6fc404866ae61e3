import type { Instant } from '../base/instant.ts'
import type { Span } from '../base/span.ts'
import { integral, type StepFunction, valueAt, ZERO } from '../base/step-function.ts'
import type { PoolTimeline } from '../capacity/timeline.ts'
import type { Basis } from './charge.ts'

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

/**
 * Supposes that outside of the window each pool is used in the same part as within it (rounded to whole accelerators, half up).
 * A pool that had no capacity within the window is supposed to be used like all pools together, and marked assumed; where
 * none had any, all is supposed to be used.
 */
export function expectUse(
  pools: readonly PoolTimeline[],
  measured: ReadonlyMap<string, StepFunction>,
  window: Span,
): Map<string, ExpectedUse> {
  const ratios = pools.map(({ pool, delivered }) => ({
    part: integral(measured.get(pool.id) ?? ZERO, window),
    whole: integral(delivered, window),
  }))
  const overall = ratios.reduce(
    (sum, { part, whole }) => ({ part: sum.part + part, whole: sum.whole + whole }),
    { part: 0n, whole: 0n },
  )
  const anywhere = overall.whole > 0n ? overall : { part: 1n, whole: 1n }
  return new Map(
    pools.map(({ pool, delivered }, n): [string, ExpectedUse] => {
      const own = ratios[n]
      const isMeasured = own !== undefined && own.whole > 0n
      const supposed = scaled(delivered, atMostAll(isMeasured ? own : anywhere))
      const used = overlay(supposed, measured.get(pool.id) ?? ZERO, window)
      return [pool.id, { used, basis: isMeasured ? 'forecast' : 'assumed' }]
    }),
  )
}

function atMostAll({ part, whole }: Ratio): Ratio {
  return part < whole ? { part, whole } : { part: 1n, whole: 1n }
}

function scaled(f: StepFunction, { part, whole }: Ratio): StepFunction {
  const steps = new Steps()
  for (const [n, at] of f.times.entries())
    steps.go(at, Number((2n * BigInt(f.values[n] ?? 0) * part + whole) / (2n * whole)))
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
