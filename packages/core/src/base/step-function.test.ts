import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Instant, instant } from './instant.ts'
import type { Span } from './span.ts'
import {
  type Change,
  changesOf,
  constant,
  excess,
  fromChanges,
  integral,
  maximum,
  piecesWithin,
  type StepFunction,
  sum,
  valueAt,
  within,
  ZERO,
} from './step-function.ts'

const LAST = 24
const MOMENTS = Array.from({ length: 2 * LAST + 3 }, (_, ms) => instant(ms - 1))

const changes = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: LAST }).map(instant),
    by: fc.integer({ min: -9, max: 9 }),
  }),
  { maxLength: 12 },
)
const functions = changes.map(fromChanges)
const spans = fc
  .tuple(fc.integer({ min: -1, max: LAST }), fc.integer({ min: -2, max: LAST }))
  .map(([start, length]): Span => ({ start: instant(start), until: instant(start + length) }))

/** The value at every moment, by adding up all changes up to it. */
function valuesOf(list: readonly Change[]): number[] {
  return MOMENTS.map((moment) => list.reduce((value, { at, by }) => (at <= moment ? value + by : value), 0))
}

function sampled(f: StepFunction): number[] {
  return MOMENTS.map((moment) => valueAt(f, moment))
}

function isIn(span: Span, moment: Instant): boolean {
  return span.start <= moment && moment < span.until
}

describe('fromChanges', () => {
  it('adds up changes in any order', () => {
    fc.assert(
      fc.property(changes, (list) => {
        expect(sampled(fromChanges(list))).toEqual(valuesOf(list))
        expect(fromChanges([...list].reverse())).toEqual(fromChanges(list))
      }),
    )
  })

  it('has one form: equal functions have equal arrays, whatever made them', () => {
    fc.assert(
      fc.property(functions, (f) => {
        expect(f.times.length).toBe(f.values.length)
        for (const [i, value] of f.values.entries()) {
          expect(value).not.toBe(f.values[i - 1] ?? 0)
          if (i > 0) expect(f.times[i]).toBeGreaterThan(f.times[i - 1] ?? instant(-1))
        }
        expect(fromChanges(changesOf(f))).toEqual(f)
      }),
    )
  })

  it('keeps only what changes', () => {
    expect(
      fromChanges([
        { at: instant(3), by: 2 },
        { at: instant(3), by: -2 },
      ]),
    ).toEqual(ZERO)
  })
})

describe('sum', () => {
  it('is a commutative group with zero', () => {
    fc.assert(
      fc.property(functions, functions, functions, (f, g, h) => {
        expect(sum(f, g)).toEqual(sum(g, f))
        expect(sum(sum(f, g), h)).toEqual(sum(f, sum(g, h)))
        expect(sum(f, ZERO)).toEqual(f)
        const negative = fromChanges(changesOf(f).map(({ at, by }) => ({ at, by: -by })))
        expect(sum(f, negative)).toEqual(ZERO)
      }),
    )
  })

  it('adds at every moment', () => {
    fc.assert(
      fc.property(functions, functions, (f, g) => {
        expect(sampled(sum(f, g))).toEqual(sampled(f).map((value, i) => value + (sampled(g)[i] ?? 0)))
      }),
    )
  })
})

it('asks for what is needed beyond what is there, and never for less than nothing', () => {
  fc.assert(
    fc.property(functions, functions, (needed, available) => {
      const gaps = sampled(needed).map((value, i) => Math.max(0, value - (sampled(available)[i] ?? 0)))
      expect(sampled(excess(needed, available))).toEqual(gaps)
    }),
  )
})

describe('within a span', () => {
  it('cuts to the span and keeps the values in it', () => {
    fc.assert(
      fc.property(functions, spans, (f, span) => {
        const expected = MOMENTS.map((moment) => (isIn(span, moment) ? valueAt(f, moment) : 0))
        expect(sampled(within(f, span))).toEqual(expected)
      }),
    )
  })

  it('tells the pieces without gaps, zero ones included', () => {
    fc.assert(
      fc.property(functions, spans, (f, span) => {
        const pieces = [...piecesWithin(f, span)]
        expect(pieces.length > 0).toBe(span.start < span.until)
        for (const [i, piece] of pieces.entries()) {
          expect(piece.start).toBe(i === 0 ? span.start : pieces[i - 1]?.until)
          expect(piece.start).toBeLessThan(piece.until)
        }
        if (pieces.length > 0) expect(pieces.at(-1)?.until).toBe(span.until)
      }),
    )
  })

  it('measures value × time, millisecond by millisecond', () => {
    fc.assert(
      fc.property(functions, spans, (f, span) => {
        const area = MOMENTS.reduce((sum, moment) => (isIn(span, moment) ? sum + valueAt(f, moment) : sum), 0)
        expect(integral(f, span)).toBe(BigInt(area))
      }),
    )
  })

  it('measures exactly beyond what a number holds, whichever sign comes first', () => {
    const large = fc.array(fc.record({ at: fc.maxSafeNat().map(instant), by: fc.integer() }), {
      maxLength: 6,
    })
    const until = instant(Number.MAX_SAFE_INTEGER)
    fc.assert(
      fc.property(large, (list) => {
        const area = list.reduce((sum, { at, by }) => sum + BigInt(by) * BigInt(until - at), 0n)
        expect(integral(fromChanges(list), { start: instant(0), until })).toBe(area)
      }),
    )
  })

  it('measures what two neighbouring spans measure together', () => {
    const middle = instant(10)
    const [start, until] = [instant(-1), instant(LAST + 5)]
    fc.assert(
      fc.property(functions, (f) => {
        expect(integral(f, { start, until: middle }) + integral(f, { start: middle, until })).toBe(
          integral(f, { start, until }),
        )
      }),
    )
  })
})

it('is constant during a span and zero outside, and nothing where the span is empty or turned round', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), spans, (value, span) => {
      expect(sampled(constant(value, span))).toEqual(
        MOMENTS.map((moment) => (isIn(span, moment) ? value : 0)),
      )
    }),
  )
})

it('finds the largest value, zero where none is above it', () => {
  fc.assert(
    fc.property(functions, (f) => {
      expect(maximum(f)).toBe(Math.max(0, ...sampled(f)))
    }),
  )
})
