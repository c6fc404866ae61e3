import { expect, it } from 'vitest'
import { said } from '../testing/agreement.ts'
import { usd } from '../testing/usd.ts'
import { coverageOf } from './coverage.ts'

const owed = [2026, 2027, 2028].map((year) => ({ year, amount: usd(year === 2028 ? '0' : '200') }))

it('sets the revenue of each year against what is owed in it', () => {
  const revenue = [{ year: 2026, revenue: said(usd('13')) }]
  expect(coverageOf(owed, revenue)[0]).toEqual({
    year: 2026,
    owed: usd('200'),
    revenue: said(usd('13')),
    coverage: 0.065,
    multiple: 15.384615,
  })
})

it('says that a year has no revenue figure by leaving it out, and guesses none', () => {
  expect(coverageOf(owed, [])[1]).toEqual({ year: 2027, owed: usd('200') })
})

it('divides by nothing nowhere', () => {
  const revenue = [2027, 2028].map((year) => ({ year, revenue: said(usd(year === 2027 ? '0' : '5')) }))
  expect(coverageOf(owed, revenue).map(({ coverage, multiple }) => [coverage, multiple])).toEqual([
    [undefined, undefined],
    [0, undefined],
    [undefined, 0],
  ])
})

it('knows that 1.4 trillion is 107.7 times 13 billion', () => {
  const found = coverageOf(
    [{ year: 2025, amount: usd('1400000000000') }],
    [{ year: 2025, revenue: said(usd('13000000000')) }],
  )
  expect(found[0]?.multiple).toBe(107.692308)
})
