import { describe, expect, it } from 'vitest'
import type { Agreement, Commitment } from '../agreements/agreement.ts'
import { assert } from '../base/assert.ts'
import { assumed } from '../base/figure.ts'
import { formatDate } from '../base/instant.ts'
import { formatMoney } from '../base/money.ts'
import { aLine, anAgreement, perHour, said, saidShare } from '../testing/agreement.ts'
import { type Circumstances, chargeContext } from '../testing/charge-context.ts'
import { spanOf } from '../testing/dates.ts'
import { usd } from '../testing/usd.ts'
import { type BurnDown, burnDown } from './burn-down.ts'
import { chargePortfolio } from './charges.ts'

/** A hundred accelerators at one dollar for 2026 and 2027, and 500,000 dollars committed for each year. */
function spend(terms: Partial<Commitment> = {}): Agreement {
  return anAgreement({
    instrument: 'spend',
    lines: [aLine({ price: perHour('1') })],
    commitment: {
      total: said(usd('1000000')),
      interval: 'year',
      takeOrPay: saidShare(0.8),
      carryForward: true,
      ...terms,
    },
  })
}

function charged(agreement: Agreement, circumstances: Circumstances) {
  const found = chargePortfolio(chargeContext([agreement], circumstances))
  assert(found.ok, 'every price is known')
  return found.value
}

function burning(agreement: Agreement, used: number): BurnDown[] {
  const window = spanOf('2026-01-01', '2026-03-01')
  const { settlements, charges } = charged(agreement, { window, used })
  return burnDown(settlements, charges, window.until)
}

describe('burn-down of a commitment', () => {
  it('shows what is consumed, what remains and what the interval ends at if use goes on as it was measured', () => {
    const [first] = burning(spend(), 40)
    assert(first, 'there is a first interval')
    const { committed, owed, consumed, remaining, forecast, trueUp } = first
    expect([committed, owed, consumed, remaining, forecast, trueUp].map(formatMoney)).toEqual([
      '500000.00',
      '400000.00',
      // 59 days × 24 hours × 40, and 365 days of the same.
      '56640.00',
      '443360.00',
      '350400.00',
      '49600.00',
    ])
    expect([first.consumedBasis, first.basis]).toEqual(['measured', 'forecast'])
  })

  it('has a course that ends each month and never goes below nothing', () => {
    const [first] = burning(spend(), 90)
    const course =
      first?.course.map(({ at: end, remaining }) => `${formatDate(end)} ${formatMoney(remaining)}`) ?? []
    expect(course).toHaveLength(12)
    expect(course[0]).toBe('2026-02-01 433040.00')
    expect(course.at(-1)).toBe('2027-01-01 0.00')
  })

  it('starts the next interval with what was carried into it', () => {
    const [, second] = burning(spend(), 90)
    assert(second, 'there is a second interval')
    // 365 × 24 × 90 = 788,400 in the first year: 288,400 beyond its commitment.
    expect(formatMoney(second.carriedIn)).toBe('288400.00')
    expect(formatMoney(second.remaining)).toBe('211600.00')
  })
})

describe('what a settled interval rests on', () => {
  it('is no surer than what was carried into it', () => {
    const window = spanOf('2027-01-01', '2028-01-01')
    const bases = (used: number) => charged(spend(), { window, used }).settlements.map(({ basis }) => basis)
    expect(bases(90)).toEqual(['forecast', 'forecast'])
    expect(bases(20)).toEqual(['forecast', 'measured'])
  })

  it('is assumed terms where the commitment, or those of an interval that carried into it, are assumed', () => {
    const guessed = spend({ total: assumed(usd('1000000'), 'not published') })
    const window = spanOf('2026-01-01', '2028-01-01')
    const areAssumed = (agreement: Agreement) =>
      charged(agreement, { window, used: 20 }).settlements.map(({ termsAssumed }) => termsAssumed)
    expect(areAssumed(spend())).toEqual([false, false])
    expect(areAssumed(guessed)).toEqual([true, true])
  })
})
