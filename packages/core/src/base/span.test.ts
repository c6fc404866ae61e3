import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at, spanOf } from '../testing/dates.ts'
import { DAY_MS, formatInstant, formatMonth, HOUR_MS, instant } from './instant.ts'
import { durationMs, includes, intersection, intervalsOf, monthsOf, overlaps, type Span } from './span.ts'

const hours = fc.integer({ min: 0, max: 60_000 })
const spans = fc.tuple(hours, fc.integer({ min: 1, max: 30_000 })).map(([start, length]) => ({
  start: instant(start * HOUR_MS),
  until: instant((start + length) * HOUR_MS),
}))
const small = fc
  .tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }))
  .map(([start, length]): Span => ({ start: instant(start), until: instant(start + length) }))

function momentsOf(span: Span): number[] {
  return Array.from({ length: 40 }, (_, ms) => ms).filter((ms) => span.start <= ms && ms < span.until)
}

function show(span: Span): string {
  return `${formatInstant(span.start)}..${formatInstant(span.until)}`
}

describe('half-open spans', () => {
  it('hold their start and not their end', () => {
    const span = spanOf('2025-01-01', '2025-02-01')
    expect(includes(span, at('2025-01-01'))).toBe(true)
    expect(includes(span, at('2025-02-01'))).toBe(false)
  })

  it('that touch do not overlap', () => {
    expect(overlaps(spanOf('2025-01', '2025-02'), spanOf('2025-02', '2025-03'))).toBe(false)
  })

  it('share exactly the moments that both hold', () => {
    fc.assert(
      fc.property(small, small, (a, b) => {
        const both = momentsOf(a).filter((moment) => momentsOf(b).includes(moment))
        const shared = intersection(a, b)
        expect(shared ? momentsOf(shared) : []).toEqual(both)
        expect(shared !== undefined).toBe(both.length > 0)
        expect(intersection(b, a)).toEqual(shared)
        expect(durationMs(shared ?? { start: instant(0), until: instant(0) })).toBe(both.length)
      }),
    )
  })

  it('last no time where they are turned round', () => {
    expect(durationMs(spanOf('2025-02', '2025-01'))).toBe(0)
  })
})

function expectPartition(parts: readonly Span[], whole: Span): void {
  expect(parts[0]?.start).toBe(whole.start)
  expect(parts.at(-1)?.until).toBe(whole.until)
  for (const [i, part] of parts.entries()) {
    expect(part.start).toBeLessThan(part.until)
    if (i > 0) expect(part.start).toBe(parts[i - 1]?.until)
  }
}

describe('monthsOf', () => {
  it('clips the first and the last month', () => {
    expect(monthsOf(spanOf('2024-01-31', '2024-03-02')).map(show)).toEqual([
      '2024-01-31..2024-02-01',
      '2024-02-01..2024-03-01',
      '2024-03-01..2024-03-02',
    ])
  })

  it('divides the span into its calendar months', () => {
    fc.assert(
      fc.property(spans, (span) => {
        const months = monthsOf(span)
        expectPartition(months, span)
        for (const [i, month] of months.entries()) {
          expect(formatMonth(month.start)).toBe(formatMonth(instant(month.until - 1)))
          if (i > 0)
            expect(formatMonth(month.start)).not.toBe(formatMonth(months[i - 1]?.start ?? month.until))
        }
      }),
    )
  })

  it('has none in an empty span', () => {
    expect(monthsOf(spanOf('2025-01-01', '2025-01-01'))).toEqual([])
  })
})

describe('intervalsOf', () => {
  it('counts from the start, not from the interval before, so that a 31st comes back', () => {
    expect(intervalsOf(spanOf('2025-01-31', '2025-05-31'), 1).map(show)).toEqual([
      '2025-01-31..2025-02-28',
      '2025-02-28..2025-03-31',
      '2025-03-31..2025-04-30',
      '2025-04-30..2025-05-31',
    ])
  })

  it('keeps the anniversary of 29 February on the 28th until the next leap year', () => {
    expect(intervalsOf(spanOf('2024-02-29', '2029-01-01'), 12).map(show)).toEqual([
      '2024-02-29..2025-02-28',
      '2025-02-28..2026-02-28',
      '2026-02-28..2027-02-28',
      '2027-02-28..2028-02-29',
      '2028-02-29..2029-01-01',
    ])
  })

  it('divides the span into parts of the same number of months, the last one cut short', () => {
    fc.assert(
      fc.property(spans, fc.constantFrom(1, 3, 12), (span, months) => {
        const parts = intervalsOf(span, months)
        expectPartition(parts, span)
        for (const part of parts) {
          expect(durationMs(part)).toBeLessThanOrEqual(months * 31 * DAY_MS)
          if (part !== parts.at(-1)) expect(durationMs(part)).toBeGreaterThanOrEqual(months * 28 * DAY_MS)
        }
      }),
    )
  })
})
