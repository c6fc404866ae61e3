import { assert } from './assert.ts'
import type { Instant } from './instant.ts'
import type { AcceleratorMs } from './quantity.ts'
import type { Span } from './span.ts'

/**
 * A whole number that changes at moments in time: 0 before the first step, then `values[i]` from `times[i]` on.
 * Times strictly rise and neighbouring values differ, so equal functions have equal arrays.
 */
export interface StepFunction {
  readonly times: readonly Instant[]
  readonly values: readonly number[]
}

export const ZERO: StepFunction = { times: [], values: [] }

export interface Change {
  readonly at: Instant
  /** Whole, may be negative. */
  readonly by: number
}

/** Adds up changes given in any order. */
export function fromChanges(changes: Iterable<Change>): StepFunction {
  const sorted = [...changes].sort((a, b) => a.at - b.at)
  const times: Instant[] = []
  const values: number[] = []
  let value = 0
  for (let at = 0; at < sorted.length; ) {
    const time = (sorted[at] as Change).at
    for (; at < sorted.length && sorted[at]?.at === time; at++) value += (sorted[at] as Change).by
    if (value !== (values.at(-1) ?? 0)) {
      times.push(time)
      values.push(value)
    }
  }
  return { times, values }
}

/** `value` during the span, 0 outside. */
export function constant(value: number, span: Span): StepFunction {
  if (span.start >= span.until) return ZERO
  return fromChanges([
    { at: span.start, by: value },
    { at: span.until, by: -value },
  ])
}

export function changesOf(f: StepFunction): Change[] {
  return f.times.map((at, i) => ({ at, by: (f.values[i] ?? 0) - (i > 0 ? (f.values[i - 1] ?? 0) : 0) }))
}

export function sum(...functions: readonly StepFunction[]): StepFunction {
  return fromChanges(functions.flatMap(changesOf))
}

/** Applies `combine` to both values wherever either changes; `combine(0, 0)` must be 0. */
function combine(
  f: StepFunction,
  g: StepFunction,
  combineValues: (a: number, b: number) => number,
): StepFunction {
  assert(combineValues(0, 0) === 0, 'two functions that are zero combine to zero')
  const times: Instant[] = []
  const values: number[] = []
  for (let [i, j] = [0, 0]; i < f.times.length || j < g.times.length; ) {
    const at = Math.min(f.times[i] ?? Number.POSITIVE_INFINITY, g.times[j] ?? Number.POSITIVE_INFINITY)
    if (f.times[i] === at) i += 1
    if (g.times[j] === at) j += 1
    const value = combineValues(f.values[i - 1] ?? 0, g.values[j - 1] ?? 0)
    if (value === (values.at(-1) ?? 0)) continue
    times.push(at as Instant)
    values.push(value)
  }
  return { times, values }
}

/** What `needed` asks for beyond `available`, never below zero. */
export function excess(needed: StepFunction, available: StepFunction): StepFunction {
  return combine(needed, available, (a, b) => Math.max(0, a - b))
}

export function valueAt(f: StepFunction, at: Instant): number {
  return f.values[stepsUntil(f, at) - 1] ?? 0
}

/** How many steps there are up to the moment, it included. */
function stepsUntil({ times }: StepFunction, at: Instant): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] as Instant) <= at) low = middle + 1
    else high = middle
  }
  return low
}

/** The pieces on which the function is constant within the span, zero ones included. */
export function* piecesWithin(f: StepFunction, span: Span): Generator<Span & { readonly value: number }> {
  let start = span.start
  let value = valueAt(f, start)
  for (let i = stepsUntil(f, start); i < f.times.length; i++) {
    const until = f.times[i] as Instant
    if (until >= span.until) break
    yield { start, until, value }
    start = until
    value = f.values[i] ?? 0
  }
  if (start < span.until) yield { start, until: span.until, value }
}

/** Value × time within the span, exact: as a plain number while that is exact, as a bigint beyond. */
export function integral(f: StepFunction, span: Span): AcceleratorMs {
  let large = 0n
  let small = 0
  let start = span.start
  for (let i = stepsUntil(f, start); start < span.until; i++) {
    const until = Math.min(f.times[i] ?? span.until, span.until) as Instant
    const value = f.values[i - 1] ?? 0
    const area = value * (until - start)
    if (Number.isSafeInteger(area) && Number.isSafeInteger(small + area)) small += area
    else {
      large += BigInt(small) + BigInt(value) * BigInt(until - start)
      small = 0
    }
    start = until
  }
  return (large + BigInt(small)) as AcceleratorMs
}

export function maximum(f: StepFunction): number {
  return f.values.reduce((max, value) => Math.max(max, value), 0)
}

/** The same function within the span, 0 outside. */
export function within(f: StepFunction, span: Span): StepFunction {
  const changes: Change[] = []
  for (const { start, until, value } of piecesWithin(f, span)) {
    changes.push({ at: start, by: value }, { at: until, by: -value })
  }
  return fromChanges(changes)
}
