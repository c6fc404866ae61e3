import { formatInstant, type Instant } from '@offtake/core/base/instant'
import { formatMoney, type Money } from '@offtake/core/base/money'
import { WHOLE } from '@offtake/core/base/quantity'

const MOMENTS: ReadonlySet<string> = new Set([
  'at',
  'asOf',
  'from',
  'start',
  'until',
  'signed',
  'promised',
  'delivered',
  'expected',
  'due',
  'exercised',
])
const SHARES: ReadonlySet<string> = new Set([
  'takeOrPay',
  'ramp',
  'perYear',
  'creditPerWeek',
  'creditCap',
  'availabilityBelow',
  'credit',
])

/**
 * The core's values as JSON has them: sums as exact decimals with their currency, moments as dates, shares as fractions.
 * A moment or share is known by the name of its field, also where it is a figure.
 */
export function plain(value: unknown, field = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item, field))
  if (typeof value === 'number' && MOMENTS.has(field)) return formatInstant(value as Instant)
  if (typeof value === 'number' && SHARES.has(field)) return value / WHOLE
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return value
  if (isMoney(value)) return { amount: formatMoney(value), currency: value.currency }
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, plain(part, key === 'value' ? field : key)]),
  )
}

function isMoney(value: object): value is Money {
  return 'micros' in value && typeof value.micros === 'bigint' && 'currency' in value
}
