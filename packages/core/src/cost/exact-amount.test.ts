import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Rate } from '../agreements/price.ts'
import { HOUR_MS } from '../base/instant.ts'
import { formatMoney } from '../base/money.ts'
import type { AcceleratorMs } from '../base/quantity.ts'
import { usd } from '../testing/usd.ts'
import { ExactAmount, scaleToCents, splitCents } from './exact-amount.ts'

function rate(micros: bigint, per: bigint): Rate {
  return { micros, per: per as AcceleratorMs, currency: 'USD', assumed: false }
}

it('rounds a sum of many prices once, not each of them', () => {
  const amount = new ExactAmount('USD')
  // Three times 0.334 cents is 1.002 cents, although each alone is nothing.
  for (let n = 0; n < 3; n++) amount.add(rate(3_340n, BigInt(HOUR_MS)), BigInt(HOUR_MS))
  expect(formatMoney(amount.cents())).toBe('0.01')
})

it('rounds half to even, also below nothing', () => {
  expect(formatMoney(scaleToCents(usd('0.01'), 1n, 2n))).toBe('0.00')
  expect(formatMoney(scaleToCents(usd('0.03'), 1n, 2n))).toBe('0.02')
  expect(formatMoney(scaleToCents(usd('-0.03'), 1n, 2n))).toBe('-0.02')
})

it('adds up prices per different times as fractions do', () => {
  const term = fc.tuple(fc.bigInt(0n, 10n ** 9n), fc.bigInt(1n, 50n), fc.bigInt(0n, 10n ** 6n))
  fc.assert(
    fc.property(
      fc.array(term, { maxLength: 8 }),
      fc.bigInt(0n, 9n),
      fc.bigInt(1n, 9n),
      (terms, part, whole) => {
        const amounts = terms.map(([micros, per, time]) => {
          const amount = new ExactAmount('USD')
          amount.add(rate(micros, per), time)
          return amount
        })
        // All over the least common multiple of 1 to 50, so that no fraction is left.
        const common = 3_099_044_504_245_996_706_400n
        const over =
          terms.reduce((sum, [micros, per, time]) => sum + micros * time * (common / per), 0n) * part
        const unit = common * whole * 10_000n
        const twice = (over % unit) * 2n
        const isUp = twice > unit || (twice === unit && (over / unit) % 2n === 1n)
        const wanted = (over / unit + (isUp ? 1n : 0n)) * 10_000n
        expect(ExactAmount.sum(amounts, 'USD').cents(part, whole).micros).toBe(wanted)
      },
    ),
  )
})

it('splits cents into cents', () => {
  expect(splitCents(usd('0.05'), [1n, 1n, 2n]).map(formatMoney)).toEqual(['0.01', '0.01', '0.03'])
})
