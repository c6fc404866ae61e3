import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Agreement } from '../agreements/agreement.ts'
import { assumed } from '../base/figure.ts'
import { instant } from '../base/instant.ts'
import { formatMoney, toCents } from '../base/money.ts'
import { share } from '../base/quantity.ts'
import { aLine, anAgreement, aTerm, aTranche, perHour, said, saidShare } from '../testing/agreement.ts'
import { agreements } from '../testing/any-agreement.ts'
import { at } from '../testing/dates.ts'
import { usd } from '../testing/usd.ts'
import { type Maturities, type ObligationSummary, summariseObligations } from './obligation-summary.ts'

function summary(list: readonly Agreement[], asOf = at('2026-01-01')): ObligationSummary {
  const found = summariseObligations({ agreements: list, prices: { points: [] }, asOf, currency: 'USD' })
  if (!found.ok) throw new Error(JSON.stringify(found.problems))
  return found.value
}

function spend(id: string, total: string, parts: Partial<Agreement> = {}): Agreement {
  return anAgreement({
    id,
    instrument: 'spend',
    term: aTerm('2026-01-01', '2033-01-01'),
    commitment: { total: said(usd(total)), interval: 'year', takeOrPay: saidShare(1), carryForward: false },
    ...parts,
  })
}

const BUCKETS = ['under1y', 'from1to3y', 'from3to5y', 'over5y'] as const

function buckets(maturities: Maturities): string[] {
  return BUCKETS.map((key) => formatMoney(maturities[key]))
}

describe('maturities', () => {
  it('are under one year, one to three, three to five and over five', () => {
    expect(buckets(summary([spend('a', '7000')]).counted)).toEqual([
      '1000.00',
      '2000.00',
      '2000.00',
      '2000.00',
    ])
  })

  it('count from the date that is asked for, and in the middle of a month', () => {
    const section = summary([spend('a', '7000')], at('2028-07-17')).counted
    // 168 of the 366 days of 2028 are left, 197 of the 365 of 2029 make the year full.
    expect(formatMoney(toCents(section.total))).toBe('4459.02')
    expect(formatMoney(toCents(section.under1y))).toBe('998.74')
    expect(formatMoney(section.over5y)).toBe('0.00')
  })

  it('fall in calendar years', () => {
    const section = summary([spend('a', '7000')], at('2027-01-01')).counted
    expect(section.byYear.map(({ year, amount }) => [year, formatMoney(amount)])).toEqual([
      [2027, '1000.00'],
      [2028, '1000.00'],
      [2029, '1000.00'],
      [2030, '1000.00'],
      [2031, '1000.00'],
      [2032, '1000.00'],
    ])
  })
})

describe('sections', () => {
  it('keep apart what is binding, what overlaps, what is not binding, contingent or a draft', () => {
    const overlaps = [{ agreement: 'cloud', because: 'the same halls' }]
    const all = summary([
      spend('cloud', '7000'),
      spend('power', '100', { layer: 'power', overlaps }),
      spend('letter', '10', { instrument: 'letterOfIntent' }),
      spend('backstop', '1', { instrument: 'backstop' }),
      spend('draft', '0.1', { status: 'draft' }),
    ])
    const totals = (['counted', 'overlapping', 'notBinding', 'contingent', 'draft'] as const).map((kind) =>
      formatMoney(all[kind].total),
    )
    expect(totals).toEqual(['7000.00', '100.00', '10.00', '1.00', '0.10'])
    expect(all.overlapping.byAgreement[0]?.standing).toEqual({ kind: 'overlapping', with: ['cloud'] })
  })

  it('list providers and agreements by size, also those without any figure', () => {
    const google = anAgreement({ id: 'g', provider: 'unknown', instrument: 'spend' })
    const section = summary([
      google,
      spend('small', '70'),
      spend('large', '700', { provider: 'south' }),
    ]).counted
    expect(section.byProvider.map(({ provider, total }) => [provider, formatMoney(total)])).toEqual([
      ['south', '700.00'],
      ['north', '70.00'],
    ])
    expect(section.byAgreement.map(({ agreementId, isQuantified }) => [agreementId, isQuantified])).toEqual([
      ['large', true],
      ['small', true],
      ['g', false],
    ])
  })
})

it('says how much of the sum rests on assumed figures: of its amount, and of its amount or dates', () => {
  const terms = (parts: Partial<NonNullable<Agreement['commitment']>>): Partial<Agreement> => ({
    commitment: {
      total: said(usd('300')),
      interval: 'year',
      takeOrPay: saidShare(1),
      carryForward: false,
      ...parts,
    },
  })
  const section = summary([
    spend('said', '400'),
    spend('ramped', '300', terms({ ramp: assumed([share(1)], 'usual') })),
    spend('guessed', '300', terms({ total: assumed(usd('300'), 'usual') })),
  ]).counted
  expect([section.assumedAmount, section.assumedAmountOrTiming]).toEqual([share(0.3), share(0.6)])
})

it('gathers the problems of all agreements', () => {
  const unpriced = (id: string): Agreement =>
    anAgreement({ id, lines: [aLine({ price: { ...perHour('1'), index: { name: 'none' } } })] })
  const found = summariseObligations({
    agreements: [unpriced('a'), unpriced('b')],
    prices: { points: [] },
    asOf: at('2026-01-01'),
    currency: 'USD',
  })
  expect(found.ok ? [] : found.problems.map(({ agreementId }) => agreementId)).toEqual(['a', 'b'])
})

it('adds up to the same sum by maturity, by provider, by agreement and by year, in every section', () => {
  const dates = fc.integer({ min: Date.UTC(2023, 6, 1), max: Date.UTC(2028, 0, 1) }).map(instant)
  const sum = (list: readonly { readonly micros: bigint }[]): bigint =>
    list.reduce((total, { micros }) => total + micros, 0n)
  const portfolios = fc
    .array(fc.tuple(agreements, fc.boolean(), fc.boolean()), { maxLength: 4 })
    .map((list) =>
      list.map(([agreement, binding, overlaps], i) => ({
        ...agreement,
        id: `a${i}`,
        binding,
        overlaps: overlaps ? [{ agreement: 'a0', because: 'a test' }] : [],
      })),
    )
  fc.assert(
    fc.property(portfolios, dates, (list, asOf) => {
      const all = summary(list, asOf)
      let agreementsSeen = 0
      for (const kind of ['counted', 'overlapping', 'notBinding', 'contingent', 'draft'] as const) {
        const section = all[kind]
        const whole = section.total.micros
        agreementsSeen += section.byAgreement.length
        expect(sum(BUCKETS.map((key) => section[key]))).toBe(whole)
        for (const key of ['total', ...BUCKETS] as const) {
          expect(sum(section.byProvider.map((row) => row[key]))).toBe(section[key].micros)
          expect(sum(section.byAgreement.map((row) => row[key]))).toBe(section[key].micros)
        }
        expect(sum(section.byYear.map(({ amount }) => amount))).toBe(whole)
        expect(sum(section.pieces.map(({ amount }) => amount))).toBe(whole)
        expect(section.assumedAmount).toBeLessThanOrEqual(section.assumedAmountOrTiming)
      }
      expect(agreementsSeen).toBe(list.length)
    }),
  )
})

describe('an agreement that may be ended because deliveries are late', () => {
  const leaving = spend('a', '7000', {
    lateDelivery: { graceDays: 365, creditPerWeek: saidShare(0), terminateAfterLateTranches: 1 },
    lines: [aLine({ price: perHour('0'), tranches: [aTranche({ expected: said(at('2027-06-01')) })] })],
  })
  const mayEnd = (asOf?: Parameters<typeof summary>[1]) =>
    summary([leaving], asOf).counted.byAgreement[0]?.mayEnd

  it('says from when, until when, and what is owed from then on', () => {
    const found = mayEnd()
    expect(found).toMatchObject({ start: at('2027-01-01'), until: at('2033-01-01') })
    expect(found && formatMoney(found.owed)).toBe('6000.00')
  })

  it('counts only what is still owed at the date that is asked for', () => {
    const found = mayEnd(at('2030-01-01'))
    expect(found && formatMoney(found.owed)).toBe('3000.00')
  })

  it('is not marked where nothing is late, nor after its end', () => {
    expect(summary([spend('a', '7000')]).counted.byAgreement[0]?.mayEnd).toBeUndefined()
    expect(mayEnd(at('2033-01-01'))).toBeUndefined()
  })
})
