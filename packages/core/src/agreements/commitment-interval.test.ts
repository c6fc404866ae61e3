import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDate } from '../base/instant.ts'
import { formatMoney } from '../base/money.ts'
import { type Share, share } from '../base/quantity.ts'
import { anAgreement, aTerm, said, saidShare } from '../testing/agreement.ts'
import { agreements } from '../testing/any-agreement.ts'
import { usd } from '../testing/usd.ts'
import type { Agreement, Commitment } from './agreement.ts'
import { commitmentIntervals } from './commitment-interval.ts'

function committing(parts: Partial<Commitment>, term = aTerm('2026-01-01', '2028-01-01')): Agreement {
  return anAgreement({
    instrument: 'spend',
    term,
    commitment: {
      total: said(usd('1000')),
      interval: 'year',
      takeOrPay: saidShare(1),
      carryForward: false,
      ...parts,
    },
  })
}

function rows(agreement: Agreement): string[] {
  return commitmentIntervals(agreement).map(
    ({ start, until, committed, owed }) =>
      `${formatDate(start)}..${formatDate(until)} ${formatMoney(committed)} ${formatMoney(owed)}`,
  )
}

const ramp = (...fractions: number[]) => said(fractions.map((fraction) => share(fraction)))

describe('commitmentIntervals', () => {
  it('has none where nothing is committed', () => {
    expect(commitmentIntervals(anAgreement())).toEqual([])
  })

  it('is even over the intervals without a ramp, whatever the length of their months', () => {
    expect(rows(committing({ interval: 'quarter' }, aTerm('2026-01-01', '2027-01-01')))).toEqual([
      '2026-01-01..2026-04-01 250.00 250.00',
      '2026-04-01..2026-07-01 250.00 250.00',
      '2026-07-01..2026-10-01 250.00 250.00',
      '2026-10-01..2027-01-01 250.00 250.00',
    ])
  })

  it('follows the ramp, and owes the take-or-pay share of each interval', () => {
    expect(rows(committing({ ramp: ramp(0.2, 0.8), takeOrPay: saidShare(0.9) }))).toEqual([
      '2026-01-01..2027-01-01 200.00 180.00',
      '2027-01-01..2028-01-01 800.00 720.00',
    ])
  })

  it('gives a last interval that the term cuts short its part', () => {
    expect(rows(committing({}, aTerm('2026-01-01', '2028-07-01')))).toEqual([
      '2026-01-01..2027-01-01 400.437637 400.437637',
      '2027-01-01..2028-01-01 400.437637 400.437637',
      '2028-01-01..2028-07-01 199.124726 199.124726',
    ])
  })

  it('counts intervals from the start of the term: from 31 January', () => {
    expect(rows(committing({ interval: 'month' }, aTerm('2026-01-31', '2026-04-30')))).toEqual([
      '2026-01-31..2026-02-28 333.333334 333.333334',
      '2026-02-28..2026-03-31 333.333333 333.333333',
      '2026-03-31..2026-04-30 333.333333 333.333333',
    ])
  })

  it('is one interval for the full term', () => {
    expect(rows(committing({ interval: 'fullTerm' }))).toEqual(['2026-01-01..2028-01-01 1000.00 1000.00'])
  })

  it('loses no money to a ramp of the wrong length or sum', () => {
    expect(rows(committing({ ramp: ramp(0.5, 0.25, 0.25) }))).toEqual([
      '2026-01-01..2027-01-01 500.00 500.00',
      '2027-01-01..2028-01-01 500.00 500.00',
    ])
    expect(rows(committing({ ramp: ramp(1) }))).toEqual([
      '2026-01-01..2027-01-01 1000.00 1000.00',
      '2027-01-01..2028-01-01 0.00 0.00',
    ])
    expect(rows(committing({ ramp: said([0, 0] as Share[]) }))).toEqual(rows(committing({})))
  })

  it('adds up to the total and to its take-or-pay share', () => {
    fc.assert(
      fc.property(agreements, (any) => {
        const intervals = commitmentIntervals(any)
        if (!any.commitment) return
        const { total, takeOrPay } = any.commitment
        const sum = (key: 'committed' | 'owed'): bigint =>
          intervals.reduce((micros, interval) => micros + interval[key].micros, 0n)
        expect(sum('committed')).toBe(total.value.micros)
        const off = sum('owed') * 1_000_000n - total.value.micros * BigInt(takeOrPay.value)
        expect(off >= -500_000n && off <= 500_000n).toBe(true)
      }),
    )
  })
})
