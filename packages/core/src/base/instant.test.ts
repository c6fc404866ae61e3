import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at } from '../testing/dates.ts'
import {
  addMonths,
  DAY_MS,
  formatDate,
  formatInstant,
  formatMonth,
  HOUR_MS,
  type Instant,
  instant,
  later,
  MINUTE_MS,
  monthStart,
  parseInstant,
} from './instant.ts'

const moments = fc
  .date({ min: new Date('1600-01-01'), max: new Date('2400-01-01'), noInvalidDate: true })
  .map((date) => instant(date.getTime()))

/** Days of a month by the Gregorian rule, without a calendar library. */
function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
}

function partsOf(moment: Instant): { year: number; month: number; day: number } {
  const [year = 0, month = 0, day = 0] = formatDate(moment).split('-').map(Number)
  return { year, month, day }
}

describe('parseInstant', () => {
  it('takes a text without a zone as UTC', () => {
    expect(parseInstant('2025-11-03T06:30')).toBe(Date.UTC(2025, 10, 3, 6, 30))
  })

  it('moves a text with a zone to UTC, also over the end of a year', () => {
    expect(parseInstant('2025-12-31T23:00-02:30')).toBe(Date.UTC(2026, 0, 1, 1, 30))
    expect(parseInstant('2026-01-01T01:00+05:30')).toBe(Date.UTC(2025, 11, 31, 19, 30))
  })

  it('takes a month as its first day', () => {
    expect(parseInstant('2027-03')).toBe(Date.UTC(2027, 2, 1))
  })

  it('knows 29 February of leap years alone', () => {
    expect(parseInstant('2028-02-29')).toBe(Date.UTC(2028, 1, 29))
    expect(parseInstant('2000-02-29')).toBe(Date.UTC(2000, 1, 29))
    expect(parseInstant('2027-02-29')).toBeUndefined()
    expect(parseInstant('2100-02-29')).toBeUndefined()
  })

  it.each([
    '',
    'tomorrow',
    '2025',
    '2025-13-01',
    '2025-00-10',
    '2025-04-31',
    '2025-1-1',
    '2025-01-01T25:00',
    '2025-01-01T24:30',
    '2025-01-01T12:60',
    '2025-01-01 12',
    '0050-01-01',
    '2025-01-01T12:00+5',
    '2025-01-01T12:00+24:00',
    '2025-01-01T12:00-05:60',
  ])('says nothing of %j', (text) => {
    expect(parseInstant(text)).toBeUndefined()
  })

  it('takes 24:00 as the next midnight', () => {
    expect(parseInstant('2025-02-28T24:00')).toBe(Date.UTC(2025, 2, 1))
  })

  it('reads every millisecond of a second exactly', () => {
    for (let ms = 0; ms < 1000; ms++) {
      expect(parseInstant(`2025-01-01T00:00:00.${String(ms).padStart(3, '0')}Z`)).toBe(
        Date.UTC(2025, 0, 1) + ms,
      )
    }
  })

  it('reads back what is written', () => {
    fc.assert(
      fc.property(moments, (moment) => {
        expect(parseInstant(formatInstant(moment))).toBe(moment)
      }),
    )
  })
})

describe('formatting', () => {
  it('shows the hour only where it is not midnight', () => {
    expect(formatInstant(at('2025-03-01'))).toBe('2025-03-01')
    expect(formatInstant(at('2025-03-01T12:00'))).toBe('2025-03-01T12:00:00Z')
    expect(formatInstant(later(at('2025-03-01'), 5))).toBe('2025-03-01T00:00:00.005Z')
  })

  it('names the day and the month of any hour', () => {
    expect(formatDate(at('2025-03-01T23:59:59'))).toBe('2025-03-01')
    expect(formatMonth(at('2025-03-31T23:59:59'))).toBe('2025-03')
  })
})

describe('addMonths', () => {
  it.each([
    ['2025-01-31', 1, '2025-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2025-01-31', 3, '2025-04-30'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2028-02-29', 48, '2032-02-29'],
    ['2025-03-31', -1, '2025-02-28'],
    ['2025-01-15', -13, '2023-12-15'],
    ['2025-11-30', 15, '2027-02-28'],
  ])('%s and %i months is %s', (from, months, expected) => {
    expect(formatInstant(addMonths(at(from), months))).toBe(expected)
  })

  it('keeps the hour', () => {
    expect(addMonths(at('2025-01-31T17:45'), 1)).toBe(at('2025-02-28T17:45'))
    expect(addMonths(at('1969-12-31T17:45'), 1)).toBe(at('1970-01-31T17:45'))
  })

  it('lands on the same day of the month, or on its last', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: -600, max: 600 }), (moment, months) => {
        const from = partsOf(moment)
        const to = partsOf(addMonths(moment, months))
        expect(to.year * 12 + to.month).toBe(from.year * 12 + from.month + months)
        expect(to.day).toBe(Math.min(from.day, daysIn(to.year, to.month)))
      }),
    )
  })

  it('never turns two moments round', () => {
    fc.assert(
      fc.property(moments, moments, fc.integer({ min: 0, max: 300 }), (a, b, months) => {
        const [first, second] = a <= b ? [a, b] : [b, a]
        expect(addMonths(first, months)).toBeLessThanOrEqual(addMonths(second, months) + DAY_MS)
        expect(formatDate(addMonths(first, months)) <= formatDate(addMonths(second, months))).toBe(true)
      }),
    )
  })
})

it('starts the month at midnight of its first day', () => {
  fc.assert(
    fc.property(moments, (moment) => {
      const start = monthStart(moment)
      expect(formatInstant(start)).toBe(`${formatMonth(moment)}-01`)
      expect(moment - start).toBeGreaterThanOrEqual(0)
      expect(moment - start).toBeLessThan(31 * DAY_MS)
    }),
  )
})

it('adds durations', () => {
  expect(later(at('2025-02-28'), DAY_MS + HOUR_MS + MINUTE_MS)).toBe(at('2025-03-01T01:01'))
})
