import { assert } from '../base/assert.ts'
import { MICROS_PER_UNIT, type Money, money } from '../base/money.ts'

/** The sum of dollars that a plain decimal such as `38000000000` or `-2.105` names, exactly. */
export function usd(text: string): Money {
  const [, sign, whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(text) ?? []
  assert(whole !== '', `${text} is a decimal`)
  const micros = BigInt(whole) * MICROS_PER_UNIT + BigInt(fraction.padEnd(6, '0'))
  return money(sign === '-' ? -micros : micros, 'USD')
}
