import { expect, test } from 'vitest'
import { share } from '../base/quantity.ts'
import { anAgreement, said, saidShare } from '../testing/agreement.ts'
import { usd } from '../testing/usd.ts'
import { checkExpectation } from './check.ts'
import type { Expectation } from './expectation.ts'

function committed(id: string, total: string) {
  const commitment = {
    total: said(usd(total)),
    interval: 'fullTerm' as const,
    takeOrPay: saidShare(1),
    carryForward: false,
  }
  return anAgreement({ id, commitment })
}

const AGREEMENTS = [committed('a', '38000000000'), committed('b', '250000000000'), anAgreement({ id: 'c' })]

function check(parts: Partial<Expectation>) {
  const expectation: Expectation = {
    name: 'an expectation',
    of: { agreements: ['a', 'b'] },
    expected: 288_000_000_000,
    tolerance: share(0),
    ...parts,
  }
  return checkExpectation(expectation, AGREEMENTS)
}

test('what agreements commit to is added up, in units of the currency', () => {
  expect(check({})).toEqual({
    name: 'an expectation',
    value: 288_000_000_000,
    expected: 288_000_000_000,
    holds: true,
  })
  expect(check({ of: { agreements: ['a'] } })).toMatchObject({ value: 38_000_000_000, holds: false })
})

test('an agreement without a commitment, and one that is not there, add nothing', () => {
  expect(check({ of: { agreements: ['a', 'c', 'none'] } }).value).toBe(38_000_000_000)
})

test('a stated sum is spread over years, or set against another sum', () => {
  const of = { sum: said(usd('1400000000000')) }
  expect(check({ of, overYears: 7, expected: 200_000_000_000 }).holds).toBe(true)
  expect(check({ of, against: said(usd('14000000000')), expected: 100 })).toMatchObject({
    value: 100,
    holds: true,
  })
  expect(check({ of, overYears: 5, against: said(usd('14000000000')), expected: 20 }).holds).toBe(true)
})

test('a value may differ by the tolerance, either way, and by no more', () => {
  const tolerance = share(0.01)
  const holds = (expected: number): boolean =>
    check({ of: { sum: said(usd('100')) }, tolerance, expected }).holds
  expect([99.1, 100.9].map(holds)).toEqual([true, true])
  expect([98.9, 101.1].map(holds)).toEqual([false, false])
  const belowZero = check({ of: { sum: said(usd('-100')) }, tolerance, expected: -100.5 })
  expect(belowZero.holds).toBe(true)
})
