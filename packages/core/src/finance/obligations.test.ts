import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Agreement } from '../agreements/agreement.ts'
import type { PriceBook } from '../agreements/price.ts'
import { type Instant, instant } from '../base/instant.ts'
import { anAgreement, said } from '../testing/agreement.ts'
import { agreements } from '../testing/any-agreement.ts'
import { at } from '../testing/dates.ts'
import { commitment, sumOf } from '../testing/owed.ts'
import { usd } from '../testing/usd.ts'
import { obligationsFrom } from './obligations.ts'
import type { Owed } from './owed.ts'

const PRICES: PriceBook = { points: [] }

function remaining(agreement: Agreement, asOf: string): Owed[] {
  const found = obligationsFrom(at(asOf), agreement, PRICES)
  return found.ok ? found.value : []
}

describe('what is left at a date', () => {
  it('is the part by time of what is in mid-course', () => {
    const agreement = anAgreement({ instrument: 'spend', commitment: commitment({ interval: 'fullTerm' }) })
    expect(sumOf(remaining(agreement, '2026-12-31'))).toBe('12032.876712')
    expect(sumOf(remaining(agreement, '2028-01-01'))).toBe('0.00')
    expect(sumOf(remaining(agreement, '2020-01-01'))).toBe('24000.00')
  })

  it('is less what has been prepaid and not yet used', () => {
    const prepayment = { amount: said(usd('5000')), due: at('2026-01-01') }
    const agreement = anAgreement({ instrument: 'spend', commitment: commitment(), prepayment })
    expect(sumOf(remaining(agreement, '2025-12-31'))).toBe('24000.00')
    expect(sumOf(remaining(agreement, '2026-01-02'))).toBe('19000.00')
    expect(sumOf(remaining(agreement, '2027-01-01'))).toBe('12000.00')
  })

  it('still holds a prepayment that is not yet due, at its date', () => {
    const prepayment = { amount: said(usd('5000')), due: at('2026-07-01') }
    const pieces = remaining(
      anAgreement({ instrument: 'spend', commitment: commitment(), prepayment }),
      '2026-01-01',
    )
    expect(pieces.find((piece) => piece.for === 'prepayment')).toMatchObject({
      start: at('2026-07-01'),
      until: at('2026-07-01'),
      amount: usd('5000'),
    })
    // It pays the bill of June, which is written then: 151 of the 365 days of 2026 come before, and are not drawn from it.
    expect(sumOf(pieces.filter(({ start }) => start < at('2026-07-01')))).toBe('4964.383562')
    expect(sumOf(pieces)).toBe('24000.00')
  })
})

it('owes the same in all whenever it is asked: what is past and what is left add up', () => {
  const dates = fc.integer({ min: Date.UTC(2023, 6, 1), max: Date.UTC(2029, 0, 1) }).map(instant)
  const micros = (pieces: readonly Owed[], keep: (piece: Owed) => boolean): bigint =>
    pieces.filter(keep).reduce((sum, { amount }) => sum + amount.micros, 0n)
  const from = (agreement: Agreement, asOf: Instant): readonly Owed[] => {
    const found = obligationsFrom(asOf, agreement, PRICES)
    return found.ok ? found.value : []
  }
  fc.assert(
    fc.property(agreements, dates, dates, (agreement, a, b) => {
      const [early, late] = a < b ? [a, b] : [b, a]
      const whole = from(agreement, early)
      const rest = from(agreement, late)
      expect(micros(rest, () => true)).toBeLessThanOrEqual(micros(whole, () => true))
      expect(rest.every(({ start }) => start >= late)).toBe(true)
      expect(micros(whole, ({ start }) => start >= late)).toBeLessThanOrEqual(micros(rest, () => true))
      expect(micros(whole, ({ until, start }) => start >= late || until > late)).toBeGreaterThanOrEqual(
        micros(rest, () => true),
      )
    }),
  )
})
