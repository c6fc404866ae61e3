import { money } from '@offtake/core/base/money'
import { usd } from '@offtake/core/testing/usd'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sumColumn, sumText, writtenSumText } from './money-text.ts'

describe('a sum', () => {
  it.each([
    ['38000000000', '38.00 bn USD'],
    ['1400000000000', '1.40 tn USD'],
    ['22400000', '22.40 m USD'],
    ['999999.99', '999,999.99 USD'],
    ['25112', '25,112.00 USD'],
    ['0', '0.00 USD'],
    ['-4500000', '-4.50 m USD'],
    ['0.005', '0.01 USD'],
  ])('of %s reads %s', (amount, expected) => {
    expect(sumText(usd(amount))).toBe(expected)
  })

  it('reads back to within half a hundredth of its unit', () => {
    const units: Record<string, bigint> = { tn: 10n ** 12n, bn: 10n ** 9n, m: 10n ** 6n }
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (micros) => {
        const [number = '', unit = ''] = sumText(money(micros, 'USD')).split(' ')
        const size = units[unit] ?? 1n
        const read = usd(number.replaceAll(',', '')).micros * size
        const off = read < micros ? micros - read : read - micros
        expect(off * 200n <= size * 1_000_000n).toBe(true)
      }),
    )
  })
})

describe('a column of sums', () => {
  it('has the unit of its largest sum, and shows that a small one is not nothing', () => {
    const sums = ['300000000000', '1000000', '0', '12345678901'].map(usd)
    const column = sumColumn(sums, 'USD')
    expect([column.unit, ...sums.map((sum) => column.text(sum))]).toEqual([
      'bn USD',
      '300.00',
      '<0.01',
      '–',
      '12.35',
    ])
  })

  it('has plain units below a million', () => {
    const column = sumColumn([usd('25112')], 'EUR')
    expect([column.unit, column.text(usd('25112'))]).toEqual(['EUR', '25,112.00'])
  })
})

it.each([
  ['38000000000.00', '38.00 bn USD'],
  ['-12.5', '-12.50 USD'],
  ['0', '0.00 USD'],
])('a sum that was written as %s reads %s', (written, expected) => {
  expect(writtenSumText(written, 'USD')).toBe(expected)
})
