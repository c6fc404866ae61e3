import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDate, instant } from '../base/instant.ts'
import { intervalsOf, type Span } from '../base/span.ts'
import { at, spanOf } from '../testing/dates.ts'
import { intervalAt, intervalStartsWithin } from './term.ts'

function show({ start, until }: Span): string {
  return `${formatDate(start)}..${formatDate(until)}`
}

describe('intervalAt', () => {
  const term = spanOf('2025-01-31', '2027-06-15')

  it('counts from the start, over months that lack its day', () => {
    expect(show(intervalAt(term, 'month', at('2025-02-27')))).toBe('2025-01-31..2025-02-28')
    expect(show(intervalAt(term, 'month', at('2025-02-28')))).toBe('2025-02-28..2025-03-31')
    expect(show(intervalAt(term, 'quarter', at('2025-04-30')))).toBe('2025-04-30..2025-07-31')
    expect(show(intervalAt(term, 'year', at('2026-01-30')))).toBe('2025-01-31..2026-01-31')
  })

  it('has its full length where the term ends within it', () => {
    expect(show(intervalAt(term, 'year', at('2027-06-01')))).toBe('2027-01-31..2028-01-31')
  })

  it('counts backwards too', () => {
    expect(show(intervalAt(term, 'month', at('2024-12-30')))).toBe('2024-11-30..2024-12-31')
  })

  it('is the term itself for the full term', () => {
    expect(intervalAt(term, 'fullTerm', at('2030-01-01'))).toBe(term)
  })
})

it('finds the same intervals as counting them one by one', () => {
  const moments = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2032, 0, 1) }).map(instant)
  const lengths = fc.integer({ min: 1, max: 4e11 })
  fc.assert(
    fc.property(
      moments,
      lengths,
      fc.constantFrom('month' as const, 'quarter' as const, 'year' as const),
      (start, length, interval) => {
        const term = { start, until: instant(start + length) }
        const counted = intervalsOf(term, { month: 1, quarter: 3, year: 12 }[interval])
        expect(intervalStartsWithin(term, interval, term)).toEqual(counted.slice(1).map((one) => one.start))
        for (const one of counted) {
          expect(intervalAt(term, interval, one.start).start).toBe(one.start)
          expect(intervalAt(term, interval, instant(one.until - 1)).start).toBe(one.start)
        }
      },
    ),
  )
})
