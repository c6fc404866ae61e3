import fc from 'fast-check'
import { expect, it } from 'vitest'
import { instant } from '../base/instant.ts'
import { money } from '../base/money.ts'
import { cutAt, type Owed, owedFrom } from './owed.ts'

function pieceOf(start: number, length: number, micros: bigint): Owed {
  return {
    start: instant(start),
    until: instant(start + length),
    agreementId: 'a',
    provider: 'north',
    for: 'line',
    amount: money(micros, 'USD'),
    amountAssumed: false,
    timingAssumed: false,
  }
}

const pieces = fc.array(
  fc
    .tuple(fc.nat({ max: 12 }), fc.nat({ max: 6 }), fc.bigInt({ min: 0n, max: 1_000_000n }))
    .map(([start, length, micros]) => pieceOf(start, length, micros)),
  { maxLength: 8 },
)
const moments = fc.array(fc.nat({ max: 20 }).map(instant), { maxLength: 6 })

function microsOf(owed: readonly Owed[]): bigint {
  return owed.reduce((sum, { amount }) => sum + amount.micros, 0n)
}

it('is cut at moments without losing money or time', () => {
  fc.assert(
    fc.property(pieces, moments, (owed, cuts) => {
      const cut = cutAt(owed, cuts)
      expect(microsOf(cut)).toBe(microsOf(owed))
      expect(cut.reduce((ms, { start, until }) => ms + until - start, 0)).toBe(
        owed.reduce((ms, { start, until }) => ms + until - start, 0),
      )
      for (const { start, until } of cut)
        expect(cuts.some((moment) => start < moment && moment < until)).toBe(false)
    }),
  )
})

it('falls before a moment or on and after it', () => {
  fc.assert(
    fc.property(pieces, fc.nat({ max: 20 }).map(instant), (owed, asOf) => {
      const before = cutAt(owed, [asOf]).filter(({ start }) => start < asOf)
      const after = owedFrom(owed, asOf)
      expect(microsOf(before) + microsOf(after)).toBe(microsOf(owed))
      expect(before.every(({ start, until }) => start < asOf && until <= asOf)).toBe(true)
      expect(after.every(({ start }) => start >= asOf)).toBe(true)
    }),
  )
})

it('is cut in proportion to time', () => {
  expect(cutAt([pieceOf(0, 4, 100n)], [instant(1)]).map(({ amount }) => amount.micros)).toEqual([25n, 75n])
})
