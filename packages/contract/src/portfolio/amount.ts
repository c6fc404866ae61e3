import { MICROS_PER_UNIT, type Money } from '@offtake/core/base/money'
import type { Reading } from './reading.ts'
import { textOrNumber, type Unreadable } from './text-value.ts'

const POWERS_OF_TEN: ReadonlyMap<string, number> = new Map([
  ['', 0],
  ['k', 3],
  ['m', 6],
  ['mn', 6],
  ['bn', 9],
  ['tn', 12],
])
const AMOUNT = /^(?:([A-Z]{3})\s+)?([+-]?)(\d[\d_]*)(?:\.(\d+))?\s*(k|m|mn|bn|tn)?(?:\s+([A-Z]{3}))?$/
const MICRO_DIGITS = 6
/** A thousand trillion: far more than any agreement, far less than what arithmetic on it could spoil. */
const LARGEST_UNITS = 1_000_000_000_000_000n

/** A sum of money: `2.1`, `38bn`, `1.4tn USD`. It is in the portfolio's currency where it names none. */
export function amount(reading: Reading) {
  return textOrNumber<Money>(
    {
      expected: 'a sum such as 2.1, 38bn or 1.4tn',
      pattern: '^([A-Z]{3} +)?[+-]?[0-9][0-9_]*(\\.[0-9]+)? *(k|m|mn|bn|tn)?( +[A-Z]{3})?$',
      examples: [2.1, '38bn', '22.4bn USD'],
    },
    (raw) => parseAmount(String(raw), reading.currency),
  )
}

export function parseAmount(text: string, currency: string): Money | Unreadable {
  const match = AMOUNT.exec(text.trim())
  if (!match) return unreadable(text)
  const [, before, sign, whole = '', fraction = '', unit = '', after] = match
  if (before !== undefined && after !== undefined) return unreadable(text)
  const power = (POWERS_OF_TEN.get(unit) ?? 0) + MICRO_DIGITS
  const spare = fraction.slice(power)
  if (/[1-9]/.test(spare)) return unreadable(text)
  const digits = whole.replaceAll('_', '') + fraction.slice(0, power).padEnd(power, '0')
  if (digits.length > 40) return tooLarge(text)
  const micros = BigInt(digits)
  if (sign === '-' && micros > 0n) {
    return { code: 'amountOutOfRange', message: `${text.trim()} is negative` }
  }
  if (micros > LARGEST_UNITS * MICROS_PER_UNIT) return tooLarge(text)
  return { micros, currency: before ?? after ?? currency }
}

function unreadable(text: string): Unreadable {
  return {
    code: 'unreadableAmount',
    message: `'${text}' is no sum: write for instance 2.1, 38bn or 22.4bn USD, with at most six decimals`,
  }
}

function tooLarge(text: string): Unreadable {
  return { code: 'amountOutOfRange', message: `${text.trim()} is larger than any agreement` }
}
