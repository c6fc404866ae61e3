import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stated } from '../base/figure.ts'
import { type Instant, instant, parseInstant } from '../base/instant.ts'
import { formatMoney, money, parseMoney } from '../base/money.ts'
import { share } from '../base/quantity.ts'
import type { Agreement, Commitment, Interval } from './agreement.ts'
import { committedIntervals } from './minimum.ts'

const at = (text: string): Instant => parseInstant(text) as Instant
const usd = (text: string) => parseMoney(text, 'USD') ?? money(0n, 'USD')

function agreement(start: string, until: string, terms: Partial<Commitment>): Agreement {
  const commitment: Commitment = {
    total: stated(usd('100'), 'test'),
    interval: 'year',
    takeOrPay: stated(share(1), 'test'),
    carryForward: false,
    ...terms,
  }
  return {
    id: 'a',
    title: 'A',
    provider: 'P',
    buyer: 'B',
    instrument: 'spend',
    layer: 'cloud',
    binding: true,
    status: 'signed',
    term: { start: stated(at(start), 'test'), until: stated(at(until), 'test') },
    currency: 'USD',
    commitment,
    lines: [],
    payment: { netDays: 30, billed: 'inArrears' },
    options: [],
    priorityRights: [],
    exclusivities: [],
    slaCredits: [],
    equity: [],
    overlaps: [],
    unknowns: [],
    notes: [],
  }
}

function committed(of: Agreement): string[] {
  return committedIntervals(of).map((interval) => formatMoney(interval.committed))
}

describe('what a commitment asks for by interval', () => {
  it('is even over whole intervals, long and short months alike', () => {
    const monthly = agreement('2025-01-01', '2025-05-01', { interval: 'month' })
    expect(committed(monthly)).toEqual(['25.00', '25.00', '25.00', '25.00'])
  })

  it('gives an interval that the end of the term cuts short its part by length', () => {
    const cut = agreement('2025-01-01', '2026-07-02', {
      interval: 'year',
      total: stated(usd('1095'), 'test'),
    })
    // 2026 has 365 days, of which 182 are within the term: 1095 × 365/547 and 1095 × 182/547.
    expect(committed(cut)).toEqual(['730.667276', '364.332724'])
  })

  it('follows the ramp where there is one', () => {
    const ramp = stated([share(0.1), share(0.3), share(0.6)], 'test')
    expect(committed(agreement('2025-03-15', '2028-03-15', { ramp }))).toEqual(['10.00', '30.00', '60.00'])
  })

  it('is the whole sum at once where the commitment is for the full term', () => {
    expect(committed(agreement('2025-01-01', '2030-01-01', { interval: 'fullTerm' }))).toEqual(['100.00'])
  })

  it('owes the take-or-pay share of each interval', () => {
    const part = agreement('2025-01-01', '2027-01-01', { takeOrPay: stated(share(0.8), 'test') })
    expect(committedIntervals(part).map((interval) => formatMoney(interval.owed))).toEqual(['40.00', '40.00'])
  })

  it('asks for nothing where no sum is committed', () => {
    const { commitment: _, ...none } = agreement('2025-01-01', '2027-01-01', {})
    expect(committedIntervals(none)).toEqual([])
  })

  it('adds up to the total and covers the term without a gap, whatever the term', () => {
    const intervals = fc.constantFrom<Interval>('month', 'quarter', 'year', 'fullTerm')
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e12 }),
        fc.integer({ min: 1, max: 3e11 }),
        fc.bigInt(0n, 10n ** 18n),
        intervals,
        (start, lengthMs, micros, interval) => {
          const base = agreement('2025-01-01', '2026-01-01', {
            interval,
            total: stated(money(micros, 'USD'), 'test'),
          })
          const term = {
            start: stated(instant(start), 'test'),
            until: stated(instant(start + lengthMs), 'test'),
          }
          const parts = committedIntervals({ ...base, term })
          expect(parts.reduce((sum, part) => sum + part.committed.micros, 0n)).toBe(micros)
          expect(parts[0]?.span.start).toBe(start)
          expect(parts.at(-1)?.span.until).toBe(start + lengthMs)
          for (const [n, part] of parts.entries()) {
            if (n > 0) expect(part.span.start).toBe(parts[n - 1]?.span.until)
          }
        },
      ),
    )
  })
})
