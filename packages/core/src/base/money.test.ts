import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { usd } from '../testing/usd.ts'
import {
  add,
  formatMoney,
  isNegative,
  largerOf,
  money,
  nothing,
  scale,
  smallerOf,
  split,
  subtract,
  toCents,
  total,
  toUnits,
} from './money.ts'

const micros = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n })
const sums = micros.map((value) => money(value, 'USD'))
const positive = fc.bigInt({ min: 1n, max: 10n ** 18n })

/** The whole number nearest to a fraction by trying neighbours; of two that are as near, the even one. */
function nearest(numerator: bigint, denominator: bigint): bigint {
  const near = numerator / denominator
  const distance = (whole: bigint): bigint => {
    const gap = whole * denominator - numerator
    return gap < 0n ? -gap : gap
  }
  return [near - 1n, near, near + 1n].reduce((best, other) => {
    if (distance(other) < distance(best)) return other
    return distance(other) === distance(best) && other % 2n === 0n ? other : best
  })
}

it('is written so that it can be read back exactly', () => {
  fc.assert(
    fc.property(sums, (sum) => {
      expect(usd(formatMoney(sum))).toEqual(sum)
    }),
  )
})

it('writes at least two places and no needless ones', () => {
  expect(formatMoney(usd('22.4'))).toBe('22.40')
  expect(formatMoney(usd('0.000001'))).toBe('0.000001')
  expect(formatMoney(usd('-7'))).toBe('-7.00')
  expect(formatMoney(usd('1.105'))).toBe('1.105')
})

describe('adding up', () => {
  it('is a group: order does not matter, and what is added can be taken away', () => {
    fc.assert(
      fc.property(sums, sums, sums, (a, b, c) => {
        expect(add(add(a, b), c)).toEqual(add(a, add(b, c)))
        expect(add(a, b)).toEqual(add(b, a))
        expect(subtract(add(a, b), b)).toEqual(a)
        expect(total([a, b, c], 'USD')).toEqual(add(a, add(b, c)))
        expect(add(a, nothing('USD'))).toEqual(a)
      }),
    )
  })

  it('stops at two currencies', () => {
    const euro = money(1n, 'EUR')
    expect(() => add(usd('1'), euro)).toThrow('one currency')
    expect(() => subtract(usd('1'), euro)).toThrow('one currency')
    expect(() => total([usd('1'), euro], 'USD')).toThrow('one currency')
  })
})

describe('scale', () => {
  it('rounds halves to the even neighbour, on both sides of zero', () => {
    const half = (value: bigint): bigint => scale(money(value, 'USD'), 1n, 2n).micros
    expect([1n, 3n, 5n, -1n, -3n, -5n].map(half)).toEqual([0n, 2n, 2n, 0n, -2n, -2n])
  })

  it('gives the nearest micro-unit', () => {
    fc.assert(
      fc.property(sums, micros, positive, (sum, numerator, denominator) => {
        expect(scale(sum, numerator, denominator).micros).toBe(nearest(sum.micros * numerator, denominator))
      }),
    )
  })

  it('stops at a denominator that is not positive', () => {
    expect(() => scale(usd('1'), 1n, 0n)).toThrow('positive')
  })
})

describe('split', () => {
  const weights = fc
    .array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 12 })
    .filter((list) => list.some((weight) => weight > 0n))

  it('gives the last micro-units to the largest fractions', () => {
    const parts = split(money(10n, 'USD'), [1n, 1n, 1n]).map((part) => part.micros)
    expect(parts).toEqual([4n, 3n, 3n])
    expect(split(money(10n, 'USD'), [1n, 5n, 1n]).map((part) => part.micros)).toEqual([2n, 7n, 1n])
  })

  it('loses nothing, and is nowhere a whole micro-unit off', () => {
    fc.assert(
      fc.property(sums, weights, (sum, list) => {
        const parts = split(sum, list)
        expect(total(parts, 'USD')).toEqual(sum)
        const whole = list.reduce((a, b) => a + b, 0n)
        for (const [i, part] of parts.entries()) {
          const off = part.micros * whole - sum.micros * (list[i] ?? 0n)
          expect((off < 0n ? -off : off) < whole).toBe(true)
        }
      }),
    )
  })

  it('gives nothing to a weight of nothing', () => {
    fc.assert(
      fc.property(sums, weights, (sum, list) => {
        const parts = split(sum, [...list, 0n])
        expect(parts.at(-1)?.micros).toBe(0n)
      }),
    )
  })

  it('stops at weights that add up to nothing', () => {
    expect(() => split(usd('1'), [0n, 0n])).toThrow('more than nothing')
    expect(() => split(usd('1'), [])).toThrow('more than nothing')
  })
})

it('rounds to the cent, half to even', () => {
  const cents = (text: string): string => formatMoney(toCents(usd(text)))
  expect([cents('0.005'), cents('0.015'), cents('-0.005'), cents('0.005001')]).toEqual([
    '0.00',
    '0.02',
    '0.00',
    '0.01',
  ])
  expect(toUnits(usd('2.105'))).toBe(2.1)
  expect(toUnits(usd('38000000000'))).toBe(38_000_000_000)
})

it('compares', () => {
  expect(largerOf(usd('1'), usd('2'))).toEqual(usd('2'))
  expect(smallerOf(usd('1'), usd('2'))).toEqual(usd('1'))
  expect([isNegative(usd('-1')), isNegative(usd('0'))]).toEqual([true, false])
})
