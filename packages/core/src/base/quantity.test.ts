import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR_MS } from './instant.ts'
import { money } from './money.ts'
import { acceleratorMs, addTime, NONE, type Share, share, shareOf, toHours, WHOLE } from './quantity.ts'

describe('shares', () => {
  it('are the nearest millionth', () => {
    expect([share(0.8), share(1), share(0), share(1 / 3), share(-0.02)]).toEqual([
      800_000,
      WHOLE,
      NONE,
      333_333,
      -20_000,
    ])
  })

  it('stop at what is no number', () => {
    expect(() => share(Number.NaN)).toThrow('finite')
    expect(() => share(Number.POSITIVE_INFINITY)).toThrow('finite')
  })

  it('of a sum and the rest of it add up to the sum', () => {
    const parts = fc.integer({ min: 0, max: WHOLE }).map((ppm) => ppm as Share)
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), parts, (micros, part) => {
        const sum = money(micros, 'USD')
        const rest = (WHOLE - part) as Share
        const off = shareOf(sum, part).micros + shareOf(sum, rest).micros - micros
        // Two roundings of complementary halves may differ by the micro-unit that both want.
        expect(off >= -1n && off <= 1n).toBe(true)
        expect(shareOf(sum, WHOLE)).toEqual(sum)
        expect(shareOf(sum, NONE).micros).toBe(0n)
      }),
    )
  })
})

describe('accelerator time', () => {
  it('is exact where a float is not: a million accelerators for seven years, and one for a millisecond', () => {
    const sevenYears = 7 * 365 * 24 * HOUR_MS
    const time = addTime(acceleratorMs(1_000_000, sevenYears), acceleratorMs(1, 1))
    expect(time).toBe(220_752_000_000_000_001n)
    expect(BigInt(Number(time))).not.toBe(time)
  })

  it('is read in hours', () => {
    expect(toHours(acceleratorMs(3, HOUR_MS / 2))).toBe(1.5)
  })

  it('stops at half an accelerator', () => {
    expect(() => acceleratorMs(0.5, 1)).toThrow('whole')
    expect(() => acceleratorMs(1, Number.NaN)).toThrow('whole')
  })
})
