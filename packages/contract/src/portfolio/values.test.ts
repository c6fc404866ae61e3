import { formatInstant } from '@offtake/core/base/instant'
import { formatMoney, money } from '@offtake/core/base/money'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { amount, parseAmount } from './amount.ts'
import { date } from './date.ts'
import { duration } from './duration.ts'
import { growth, rate, share } from './share-text.ts'

const USD = { file: 'a.yaml', currency: 'USD', buyer: 'us' }

/** The value read, or the code of the first problem. */
function read(schema: z.ZodType, raw: unknown): unknown {
  const result = schema.safeParse(raw)
  if (result.success) return result.data
  const [issue] = result.error.issues
  return issue?.code === 'custom' ? issue.params?.code : issue?.code
}

test.each([
  [2.1, '2.10'],
  ['2.1', '2.10'],
  ['38bn', '38000000000.00'],
  ['1.4tn', '1400000000000.00'],
  ['500k', '500000.00'],
  ['12m', '12000000.00'],
  ['12mn', '12000000.00'],
  ['22.4 bn USD', '22400000000.00'],
  ['USD 22.4bn', '22400000000.00'],
  ['602_688', '602688.00'],
  ['0.000001', '0.000001'],
  ['1.23456789bn', '1234567890.00'],
  ['0.0000000000000001tn', '0.0001'],
  [38e9, '38000000000.00'],
])('%s is the sum %s', (raw, expected) => {
  const sum = amount(USD).parse(raw)
  expect([formatMoney(sum), sum.currency]).toEqual([expected, 'USD'])
})

test.each([
  ['0.0000001', 'unreadableAmount'],
  ['38 billion', 'unreadableAmount'],
  ['38BN', 'unreadableAmount'],
  ['$38', 'unreadableAmount'],
  ['1,000', 'unreadableAmount'],
  ['USD 1 USD', 'unreadableAmount'],
  ['', 'unreadableAmount'],
  ['_', 'unreadableAmount'],
  ['-1', 'amountOutOfRange'],
  ['9999999tn', 'amountOutOfRange'],
  ['9'.repeat(1000), 'amountOutOfRange'],
  [1e300, 'unreadableAmount'],
  [Number.NaN, 'invalid_union'],
  [Number.POSITIVE_INFINITY, 'invalid_union'],
  [true, 'invalid_union'],
])('%s is no sum: %s', (raw, code) => {
  expect(read(amount(USD), raw)).toBe(code)
})

test('every sum that is written out exactly is read exactly', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 21n }), (micros) => {
      expect(parseAmount(formatMoney(money(micros, 'USD')), 'USD')).toEqual(money(micros, 'USD'))
    }),
  )
})

test('durations add up their parts', () => {
  expect(read(duration, '90s')).toBe(90_000)
  expect(read(duration, '1h30m')).toBe(5_400_000)
  expect(read(duration, '2 d')).toBe(172_800_000)
  expect(read(duration, '0.5h')).toBe(1_800_000)
  expect(read(duration, '250ms')).toBe(250)
  expect(read(duration, '1w')).toBe(604_800_000)
  for (const bad of ['', '30', 'm', '-5m', '5 minutes', '1h x', '1e3s'])
    expect([bad, read(duration, bad)]).toEqual([bad, 'unreadableDuration'])
  expect(read(duration, '99999d')).toBe('numberOutOfRange')
  expect(read(duration, 30)).toBe('invalid_type')
})

test('shares are parts of a whole, rates may be negative or large', () => {
  expect(read(share, 0.8)).toBe(800_000)
  expect(read(share, '80%')).toBe(800_000)
  expect(read(share, '33.3333%')).toBe(333_333)
  for (const bad of [80, '101%', -0.1, '-1%']) expect(read(share, bad)).toBe('shareOutOfRange')
  for (const bad of ['', '80 percent', '4/5', '%']) expect(read(share, bad)).toBe('unreadableShare')
  expect(read(rate, '-5%')).toBe(-50_000)
  expect(read(growth, '150%')).toBe(1.5)
  for (const bad of [-1, '-100%', 1e9]) expect(read(rate, bad)).toBe('numberOutOfRange')
})

test('dates are days of the calendar between 1970 and 2200', () => {
  const day = (raw: unknown) => {
    const value = read(date, raw)
    return typeof value === 'number' ? formatInstant(value as Parameters<typeof formatInstant>[0]) : value
  }
  expect(day('2025-11')).toBe('2025-11-01')
  expect(day('2025-11-03T08:00+01:00')).toBe('2025-11-03T07:00:00Z')
  for (const bad of ['2025', '2025-2-3', '3 November 2025', '2025-02-29', '2025-11-31', ''])
    expect(day(bad)).toBe('unreadableDate')
  for (const far of ['1969-12-31', '2200-01-02', '0150-01-01', '9999-12-31'])
    expect(day(far)).toBe('dateOutOfRange')
  expect(day(2025)).toBe('invalid_type')
})
