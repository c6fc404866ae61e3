import { expect, test } from 'vitest'
import { share } from '../base/quantity.ts'
import { said } from '../testing/agreement.ts'
import { at } from '../testing/dates.ts'
import { usd } from '../testing/usd.ts'
import type { Expectation } from './expectation.ts'
import { type CheckedSettings, settingsProblems } from './validate.ts'

function problemsOf(parts: Partial<CheckedSettings>): string[] {
  const settings: CheckedSettings = {
    currency: 'USD',
    horizon: { start: at('2026-01-01'), until: at('2027-01-01') },
    window: { start: at('2026-06-01'), until: at('2026-07-01') },
    revenue: [],
    expectations: [],
    ...parts,
  }
  return settingsProblems(settings, new Set(['a'])).map(({ code, path }) => `${code} ${path.join('.')}`)
}

test('the window is a part of the horizon, and may be all of it', () => {
  const window = (start: string, until: string) =>
    problemsOf({ window: { start: at(start), until: at(until) } })
  expect(window('2026-01-01', '2027-01-01')).toEqual([])
  expect(window('2025-12-31', '2026-02-01')).toEqual(['windowOutsideHorizon window'])
  expect(window('2026-12-01', '2027-01-02')).toEqual(['windowOutsideHorizon window'])
  expect(window('2026-06-01', '2026-06-01')).toEqual(['reversedDates window.until'])
})

test('a year has one revenue, in the currency of the portfolio', () => {
  const point = (year: number, currency = 'USD') => ({ year, revenue: said({ micros: 1n, currency }) })
  expect(problemsOf({ revenue: [point(2026), point(2027), point(2026, 'EUR')] })).toEqual([
    'yearTwice revenue.2.year',
    'currencyMix revenue.2.revenue',
  ])
})

test('an expectation is of agreements that are known, and divides by something', () => {
  const expectation = (parts: Partial<Expectation>): Expectation => ({
    name: 'e',
    of: { agreements: ['a'] },
    expected: 1,
    tolerance: share(0.01),
    ...parts,
  })
  expect(
    problemsOf({
      expectations: [
        expectation({}),
        expectation({ of: { agreements: ['a', 'b'] } }),
        expectation({ against: said(usd('0')) }),
        expectation({ of: { sum: said({ micros: 1n, currency: 'EUR' }) } }),
      ],
    }),
  ).toEqual([
    'unknownAgreement expectations.1.of.agreements.1',
    'dividesByNothing expectations.2.against',
    'currencyMix expectations.3.of.sum',
  ])
})
