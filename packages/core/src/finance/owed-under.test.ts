import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Agreement, Commitment } from '../agreements/agreement.ts'
import type { PriceBook } from '../agreements/price.ts'
import { NO_SLIPS, resolveAgreement } from '../agreements/resolve.ts'
import { assumed } from '../base/figure.ts'
import { DAY_MS, formatMonth, HOUR_MS } from '../base/instant.ts'
import { share } from '../base/quantity.ts'
import { aLine, anAgreement, aTerm, aTranche, perHour, said, saidShare } from '../testing/agreement.ts'
import { agreements } from '../testing/any-agreement.ts'
import { at, spanOf } from '../testing/dates.ts'
import { commitment, sumOf } from '../testing/owed.ts'
import { usd } from '../testing/usd.ts'
import type { Owed } from './owed.ts'
import { owedUnder } from './owed-under.ts'

const PRICES: PriceBook = { points: [] }

function owed(agreement: Agreement, slips = NO_SLIPS): Owed[] {
  const found = owedUnder(agreement, PRICES, slips)
  return found.ok ? found.value : []
}

describe('a line', () => {
  it('owes price × accelerators × hours over its term', () => {
    // 100 accelerators × 2 USD × 24 h × 730 days
    expect(sumOf(owed(anAgreement({ lines: [aLine()] })))).toBe('3504000.00')
  })

  it('owes its take-or-pay share alone', () => {
    expect(sumOf(owed(anAgreement({ lines: [aLine({ takeOrPay: saidShare(0.8) })] })))).toBe('2803200.00')
    expect(owed(anAgreement({ instrument: 'onDemand', lines: [aLine()] }))).toEqual([])
  })

  it('of a fixed sum owes it whole, whatever the instrument', () => {
    const price = { kind: 'fixed', amount: said(usd('100')), every: 'month' } as const
    expect(sumOf(owed(anAgreement({ instrument: 'onDemand', lines: [aLine({ price })] })))).toBe('2400.00')
    expect(sumOf(owed(anAgreement({ lines: [aLine({ price, tranches: [] })] })))).toBe('2400.00')
  })

  it('of a sum for the full term owes the part up to an early end, and goes on at the same rate when it is extended', () => {
    const price = { kind: 'fixed', amount: said(usd('7300')), every: 'fullTerm' } as const
    const owedWith = (kind: 'terminate' | 'extend'): string => {
      const window = spanOf('2026-06-01', '2027-06-01')
      const option = { id: 'o', kind, months: 12, window, exercised: at('2027-01-01') }
      return sumOf(owed(anAgreement({ lines: [aLine({ price })], options: [option] })))
    }
    // 365 of 730 days, and 366 days more.
    expect([owedWith('terminate'), owedWith('extend')]).toEqual(['3650.00', '10960.00'])
  })

  it('owes from its delivery on, so that lateness costs the provider and not the buyer', () => {
    const late = anAgreement({
      lines: [aLine({ tranches: [aTranche({ expected: said(at('2027-01-01')) })] })],
    })
    expect(sumOf(owed(late))).toBe('1752000.00')
    expect(sumOf(owed(anAgreement({ lines: [aLine()] }), new Map([['a/gpu', 365 * DAY_MS]])))).toBe(
      '1752000.00',
    )
  })

  it('whose index has no value is a problem, with whose it is', () => {
    const line = aLine({ price: { ...perHour('2'), index: { name: 'h100' } } })
    const found = owedUnder(anAgreement({ lines: [line] }), PRICES)
    expect(found).toEqual({
      ok: false,
      problems: [
        {
          code: 'priceUnknown',
          agreementId: 'a',
          lineId: 'gpu',
          because: { code: 'indexHasNoValue', series: 'h100', at: at('2026-01-01') },
        },
      ],
    })
  })
})

describe('a commitment', () => {
  it('owes its take-or-pay share, evenly within each interval', () => {
    const pieces = owed(
      anAgreement({ instrument: 'spend', commitment: commitment({ takeOrPay: saidShare(0.5) }) }),
    )
    expect(sumOf(pieces)).toBe('12000.00')
    expect(sumOf(pieces.filter(({ start }) => formatMonth(start) === '2026-02'))).toBe('460.273973')
    expect(pieces.length).toBe(24)
  })

  it('is drawn down by lines that have no share of their own: they owe nothing beside it', () => {
    const agreement = anAgreement({ commitment: commitment(), lines: [aLine()] })
    expect(sumOf(owed(agreement))).toBe('24000.00')
    expect(owed(agreement).every((piece) => piece.for === 'commitment')).toBe(true)
  })

  it('adds only what lines with a share of their own leave of it in each interval', () => {
    // One accelerator at 1 USD for the second half of 2026: 4,416 h; then 8,760 h in 2027.
    const line = aLine({
      price: perHour('1'),
      takeOrPay: saidShare(1),
      tranches: [aTranche({ accelerators: said(1), promised: said(at('2026-07-01')) })],
    })
    const pieces = owed(anAgreement({ commitment: commitment({ total: said(usd('12000')) }), lines: [line] }))
    const of = (kind: Owed['for'], year: string): string =>
      sumOf(pieces.filter((piece) => piece.for === kind && formatMonth(piece.start).startsWith(year)))
    expect([of('line', '2026'), of('commitment', '2026')]).toEqual(['4416.00', '1584.00'])
    expect([of('line', '2027'), of('commitment', '2027')]).toEqual(['8760.00', '0.00'])
  })

  it('is not met by what lines owe in an extension, also where the term ends within a month', () => {
    const option = { id: 'o', kind: 'extend', months: 12, exercised: at('2026-01-10') } as const
    const agreement = anAgreement({
      term: aTerm('2026-01-01', '2026-01-16'),
      commitment: commitment({ total: said(usd('1000')), interval: 'fullTerm', takeOrPay: saidShare(1) }),
      lines: [
        aLine({
          price: perHour('0.01'),
          takeOrPay: saidShare(1),
          tranches: [aTranche({ accelerators: said(1) })],
        }),
      ],
      options: [{ ...option, window: spanOf('2026-01-01', '2026-01-16') }],
    })
    // 15 days of the line are part of the thousand; 365 days of it come on top, at 24 cents a day.
    expect(sumOf(owed(agreement))).toBe('1087.60')
  })

  it('counts what lines exceed it by towards the next interval only with carry forward', () => {
    // The line takes 12,000 a year; committed are 4,000 and 16,000.
    const line = aLine({
      price: { kind: 'fixed', amount: said(usd('1000')), every: 'month' },
      takeOrPay: saidShare(1),
    })
    const ramp = said([share(0.2), share(0.8)])
    const owedWith = (carryForward: boolean): string => {
      const terms = commitment({ total: said(usd('20000')), ramp, carryForward })
      return sumOf(owed(anAgreement({ commitment: terms, lines: [line] })))
    }
    expect([owedWith(false), owedWith(true)]).toEqual(['28000.00', '24000.00'])
  })

  it('ends with a termination that was exercised', () => {
    const terminate = {
      id: 'o',
      kind: 'terminate',
      window: spanOf('2026-06-01', '2027-06-01'),
      exercised: at('2027-01-01'),
    }
    const agreement = anAgreement({
      instrument: 'spend',
      commitment: commitment(),
      options: [terminate as Agreement['options'][number]],
    })
    expect(sumOf(owed(agreement))).toBe('12000.00')
  })

  it('without known terms of hardware follows its ramp', () => {
    const ramp = said([share(0.1), share(0.9)])
    const pieces = owed(anAgreement({ instrument: 'spend', commitment: commitment({ ramp }) }))
    expect(sumOf(pieces.filter(({ start }) => start < at('2027-01-01')))).toBe('2400.00')
  })
})

describe('assumptions', () => {
  const flagsOf = (agreement: Agreement): string[] => [
    ...new Set(
      owed(agreement).map(({ amountAssumed, timingAssumed }) => `${amountAssumed} ${timingAssumed}`),
    ),
  ]

  it('about the sum or its share make the amount assumed, those about its ramp or term its timing', () => {
    const of = (parts: Partial<Commitment>): string[] =>
      flagsOf(anAgreement({ instrument: 'spend', commitment: commitment(parts) }))
    expect(of({})).toEqual(['false false'])
    expect(of({ total: assumed(usd('1'), 'usual') })).toEqual(['true false'])
    expect(of({ takeOrPay: assumed(saidShare(0.5).value, 'usual') })).toEqual(['true false'])
    expect(of({ ramp: assumed([share(0.5), share(0.5)], 'usual') })).toEqual(['false true'])
  })

  it('about number, price or dates of a line make its amount assumed', () => {
    expect(flagsOf(anAgreement({ lines: [aLine()] }))).toEqual(['false false'])
    const tranche = aTranche({ accelerators: assumed(5, 'usual') })
    expect(flagsOf(anAgreement({ lines: [aLine({ tranches: [tranche] })] }))).toEqual(['true false'])
    const dated = aTranche({ promised: assumed(at('2026-02-01'), 'usual') })
    expect(flagsOf(anAgreement({ lines: [aLine({ tranches: [dated] })] }))).toEqual(['true true'])
  })
})

describe('any agreement', () => {
  it('owes in all what an hour-by-hour count of its lines says, to a micro-unit for each piece', () => {
    fc.assert(
      fc.property(agreements, (any) => {
        const { commitment: _, prepayment: __, ...plain } = any
        const hourly = plain.lines.map((line) => ({ ...line, price: perHour('2.105') }))
        const agreement = { ...plain, lines: hourly }
        const exact = resolveAgreement(agreement).reduce(
          (sum, { accelerators, span, takeOrPay }) =>
            sum +
            BigInt(accelerators) * BigInt(span.until - span.start) * BigInt(takeOrPay.value) * 2_105_000n,
          0n,
        )
        const pieces = owed(agreement)
        const off =
          pieces.reduce((sum, { amount }) => sum + amount.micros, 0n) * 1_000_000n * BigInt(HOUR_MS) - exact
        const most = BigInt(pieces.length) * 500_000n * BigInt(HOUR_MS)
        expect(off <= most && off >= -most).toBe(true)
      }),
    )
  })

  it('owes at least its commitment and at least its lines, and never both', () => {
    fc.assert(
      fc.property(agreements, (any) => {
        const sum = (list: readonly Owed[]): bigint =>
          list.reduce((micros, { amount }) => micros + amount.micros, 0n)
        const whole = sum(owed(any))
        const { commitment: terms, ...withoutCommitment } = any
        const ownLines = any.lines.filter(
          ({ takeOrPay, price }) => takeOrPay !== undefined || price.kind === 'fixed',
        )
        const byLines = sum(owed({ ...withoutCommitment, lines: terms ? ownLines : any.lines }))
        const committed = sum(owed({ ...any, lines: [] }))
        expect(whole).toBeGreaterThanOrEqual(byLines)
        expect(whole).toBeGreaterThanOrEqual(committed)
        expect(whole).toBeLessThanOrEqual(byLines + committed)
      }),
    )
  })
})
