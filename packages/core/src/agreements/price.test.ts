import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assumed } from '../base/figure.ts'
import { addMonths, DAY_MS, HOUR_MS, type Instant, instant, later } from '../base/instant.ts'
import { formatMoney, type Money, total } from '../base/money.ts'
import { acceleratorMs, type Share } from '../base/quantity.ts'
import type { Span } from '../base/span.ts'
import { perHour, said, saidShare } from '../testing/agreement.ts'
import { at, spanOf } from '../testing/dates.ts'
import { usd } from '../testing/usd.ts'
import type { Interval, Price } from './agreement.ts'
import {
  costAt,
  type PriceBook,
  type PriceContext,
  pricePerAcceleratorHour,
  rateAt,
  ratesWithin,
} from './price.ts'

const NO_PRICES: PriceBook = { points: [] }
const TERM = spanOf('2024-02-29', '2031-02-28')

function context(parts: Partial<PriceContext> = {}): PriceContext {
  return { term: TERM, lineAccelerators: 100, prices: NO_PRICES, ...parts }
}

function priceAt(price: Price, moment: string, given = context()): string {
  const found = pricePerAcceleratorHour(price, at(moment), given)
  return found.ok ? formatMoney(found.value) : (found.problems[0]?.code ?? 'no problem')
}

/** What so many accelerators of the line cost during a span, piece by piece. */
function costWithin(price: Price, span: Span, accelerators: number, given = context()): Money {
  const rates = ratesWithin(price, span, given)
  const costs = rates.ok
    ? rates.value.map(({ start, until, rate }) => costAt(rate, acceleratorMs(accelerators, until - start)))
    : []
  return total(costs, 'USD')
}

function fixed(amount: string, every: Interval): Price {
  return { kind: 'fixed', amount: said(usd(amount)), every }
}

describe('an escalator', () => {
  const price: Price = { ...perHour('2'), escalator: { perYear: saidShare(0.03) } }

  it('compounds on every anniversary of the start, exactly', () => {
    expect(priceAt(price, '2024-06-01')).toBe('2.00')
    expect(priceAt(price, '2025-06-01')).toBe('2.06')
    expect(priceAt(price, '2026-06-01')).toBe('2.1218')
    expect(priceAt(price, '2030-12-01')).toBe('2.388105')
  })

  it('takes effect on the anniversary itself: of 29 February on the 28th, and on the 29th of a leap year', () => {
    expect(priceAt(price, '2025-02-27T23:59:59')).toBe('2.00')
    expect(priceAt(price, '2025-02-28')).toBe('2.06')
    expect(priceAt(price, '2028-02-28T23:59')).toBe('2.185454')
    expect(priceAt(price, '2028-02-29')).toBe('2.251018')
  })

  it('changes nothing before the agreement starts', () => {
    expect(priceAt(price, '2020-01-01')).toBe('2.00')
  })

  it('can lower the price', () => {
    const falling: Price = { ...perHour('2'), escalator: { perYear: saidShare(-0.1) } }
    expect(priceAt(falling, '2026-03-01')).toBe('1.62')
  })

  it('cuts a span at each anniversary within it', () => {
    const rates = ratesWithin(price, spanOf('2025-01-01', '2027-01-01'), context())
    expect(rates.ok && rates.value.map(({ start }) => start)).toEqual([
      at('2025-01-01'),
      at('2025-02-28'),
      at('2026-02-28'),
    ])
  })
})

describe('an index', () => {
  const prices: PriceBook = {
    points: [
      { series: 'h100', from: at('2025-07-01'), perAcceleratorHour: said(usd('1.5')) },
      { series: 'h100', from: at('2025-01-01'), perAcceleratorHour: said(usd('2.5')) },
      { series: 'b200', from: at('2025-01-01'), perAcceleratorHour: said(usd('9')) },
      { series: 'h100', from: at('2026-01-01'), perAcceleratorHour: said(usd('4')) },
    ],
  }
  const price: Price = {
    ...perHour('2'),
    index: { name: 'h100', floor: said(usd('1.8')), cap: said(usd('3')) },
  }
  const given = context({ prices })

  it('is followed between its floor and its cap, in order of time and not of the rows', () => {
    expect(priceAt(price, '2025-03-01', given)).toBe('2.50')
    expect(priceAt(price, '2025-07-01', given)).toBe('1.80')
    expect(priceAt(price, '2026-02-01', given)).toBe('3.00')
  })

  it('is followed freely without floor and cap', () => {
    const free: Price = { ...perHour('2'), index: { name: 'h100' } }
    expect(priceAt(free, '2026-02-01', given)).toBe('4.00')
  })

  it('that has no value yet is a problem and not a guess', () => {
    expect(priceAt(price, '2024-12-31', given)).toBe('indexHasNoValue')
    expect(pricePerAcceleratorHour(price, at('2025-01-01'), context())).toEqual({
      ok: false,
      problems: [{ code: 'indexHasNoValue', series: 'h100', at: at('2025-01-01') }],
    })
    expect(ratesWithin(price, spanOf('2024-12-01', '2025-02-01'), given).ok).toBe(false)
  })

  it('in another currency, or for a price that is not by the hour, is a problem', () => {
    const euros = {
      points: [
        { series: 'h100', from: at('2025-01-01'), perAcceleratorHour: said({ micros: 1n, currency: 'EUR' }) },
      ],
    }
    expect(priceAt(price, '2025-02-01', context({ prices: euros }))).toBe('indexInOtherCurrency')
    expect(priceAt({ ...fixed('1', 'month'), index: { name: 'h100' } }, '2025-02-01', given)).toBe(
      'indexOfOtherUnit',
    )
  })

  it('grows with an escalator before floor and cap bound it', () => {
    const growing: Price = { ...price, escalator: { perYear: saidShare(0.5) } }
    expect(priceAt(growing, '2025-02-01', given)).toBe('2.50')
    expect(priceAt(growing, '2025-03-01', given)).toBe('3.00')
    expect(priceAt(growing, '2025-08-01', given)).toBe('2.25')
  })

  it('counts as assumed after its last published value', () => {
    const isAssumedAt = (moment: string): boolean | undefined => {
      const rate = rateAt(price, at(moment), given)
      return rate.ok ? rate.value.assumed : undefined
    }
    expect([isAssumedAt('2025-12-31'), isAssumedAt('2026-01-01'), isAssumedAt('2026-01-02')]).toEqual([
      false,
      false,
      true,
    ])
  })
})

describe('a price per MW-month', () => {
  const price: Price = { kind: 'perMwMonth', amount: said(usd('120000')), megawatts: said(4.5) }

  it('costs the same in every whole month, however long', () => {
    for (const month of ['2025-01', '2025-02', '2028-02', '2025-04'])
      expect(formatMoney(costWithin(price, { start: at(month), until: addMonths(at(month), 1) }, 100))).toBe(
        '540000.00',
      )
  })

  it('is more per hour in a short month', () => {
    expect(priceAt(price, '2025-01-15')).toBe('7.258065')
    expect(priceAt(price, '2025-02-15')).toBe('8.035714')
    expect(priceAt(price, '2028-02-15')).toBe('7.758621')
  })

  it('is borne by each accelerator alike', () => {
    expect(formatMoney(costWithin(price, spanOf('2025-01', '2025-02'), 25))).toBe('135000.00')
  })

  it('prices a line without accelerators as one unit', () => {
    const given = context({ lineAccelerators: 0 })
    expect(formatMoney(costWithin(price, spanOf('2025-01', '2025-02'), 1, given))).toBe('540000.00')
  })
})

describe('a fixed sum', () => {
  it.each(['month', 'quarter', 'year', 'fullTerm'] as const)('is paid whole over each %s', (every) => {
    const months = { month: 1, quarter: 3, year: 12, fullTerm: 84 }[every]
    for (let n = 0; n < 84 / months; n++) {
      const start = addMonths(TERM.start, n * months)
      const until = every === 'fullTerm' ? TERM.until : addMonths(TERM.start, (n + 1) * months)
      expect(formatMoney(costWithin(fixed('1000', every), { start, until }, 100))).toBe('1000.00')
    }
  })

  it('counts its intervals from the start of the agreement: from a 31st, the month ends with the month', () => {
    const given = context({ term: spanOf('2025-01-31', '2026-01-31') })
    const half = spanOf('2025-02-14', '2025-02-28')
    expect(formatMoney(costWithin(fixed('1000', 'month'), half, 100, given))).toBe('500.00')
  })

  it('is paid in part where the term cuts the interval', () => {
    const given = context({ term: spanOf('2025-01-01', '2025-01-11') })
    expect(
      formatMoney(costWithin(fixed('310', 'month'), spanOf('2025-01-01', '2025-01-11'), 100, given)),
    ).toBe('100.00')
  })
})

it('is assumed where any of its figures is', () => {
  const isAssumed = (price: Price): boolean => {
    const rate = rateAt(price, at('2025-01-01'), context())
    return rate.ok && rate.value.assumed
  }
  expect(isAssumed(perHour('2'))).toBe(false)
  expect(isAssumed({ ...perHour('2'), amount: assumed(usd('2'), 'list price') })).toBe(true)
  expect(isAssumed({ ...perHour('2'), escalator: { perYear: assumed(0 as Share, 'usual') } })).toBe(true)
  const power: Price = { kind: 'perMwMonth', amount: said(usd('1')), megawatts: assumed(1, 'usual') }
  expect(isAssumed(power)).toBe(true)
})

describe('every price', () => {
  const amounts = fc.bigInt({ min: 0n, max: 10n ** 13n }).map((micros) => said({ micros, currency: 'USD' }))
  const escalators = fc.option(
    fc.integer({ min: -200_000, max: 200_000 }).map((ppm) => ({ perYear: said(ppm as Share) })),
    { nil: undefined },
  )
  const forms: fc.Arbitrary<Price> = fc
    .oneof(
      fc.record({ kind: fc.constant('perAcceleratorHour' as const), amount: amounts }),
      fc.record({
        kind: fc.constant('perMwMonth' as const),
        amount: amounts,
        megawatts: fc.integer({ min: 1, max: 9_000 }).map((tenths) => said(tenths / 10)),
      }),
      fc.record({
        kind: fc.constant('fixed' as const),
        amount: amounts,
        every: fc.constantFrom('month' as const, 'quarter' as const, 'year' as const, 'fullTerm' as const),
      }),
    )
    .chain((form) => escalators.map((escalator) => (escalator ? { ...form, escalator } : form)))
  const spans = fc
    .tuple(fc.integer({ min: 0, max: 2_500 }), fc.integer({ min: 1, max: 900 }))
    .map(([start, days]): Span => {
      const from = later(TERM.start, start * DAY_MS)
      return { start: from, until: later(from, days * DAY_MS) }
    })

  it('changes only where a new piece begins: every hour costs what its piece says', () => {
    fc.assert(
      fc.property(forms, spans, fc.double({ min: 0, max: 1, noNaN: true }), (price, span, part) => {
        const moment = instant(span.start + Math.floor(part * (span.until - span.start - 1)))
        const rates = ratesWithin(price, span, context())
        const piece = rates.ok
          ? rates.value.find(({ start, until }) => start <= moment && moment < until)
          : undefined
        const hour = piece && costAt(piece.rate, acceleratorMs(1, HOUR_MS))
        expect({ ok: true, value: hour }).toEqual(pricePerAcceleratorHour(price, moment, context()))
      }),
    )
  })

  it('covers the span without gaps', () => {
    fc.assert(
      fc.property(forms, spans, (price, span) => {
        const rates = ratesWithin(price, span, context())
        let reached: Instant = span.start
        for (const { start, until } of rates.ok ? rates.value : []) {
          expect(start).toBe(reached)
          expect(until).toBeGreaterThan(start)
          reached = until
        }
        expect(reached).toBe(span.until)
      }),
    )
  })
})
