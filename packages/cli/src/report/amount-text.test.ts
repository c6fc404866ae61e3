import { expect, test } from 'vitest'
import { amountText, axisText } from './amount-text.ts'
import type { Unit } from './chart.ts'

const USD: Unit = { kind: 'money', currency: 'USD' }
const ACCELERATORS: Unit = { kind: 'accelerators' }
const HOURS: Unit = { kind: 'hours' }
const SHARE: Unit = { kind: 'share' }

test.each<[number, Unit, string]>([
  [38_000_000_000, USD, '38.0 bn USD'],
  [1_400_000_000_000, USD, '1.40 tn USD'],
  [22_449_999, USD, '22.4 m USD'],
  [302_169.6, USD, '302,170 USD'],
  [-1_250_000_000, USD, '−1.3 bn USD'],
  [-0.2, USD, '0 USD'],
  [0, USD, '0 USD'],
  [1, ACCELERATORS, '1 accelerator'],
  [3_967_128, ACCELERATORS, '3,967,128 accelerators'],
  [0, HOURS, '0 h'],
  [0.005, HOURS, '0.3 min'],
  [0.17, HOURS, '10 min'],
  [1.04, HOURS, '1.0 h'],
  [20.59, HOURS, '20.6 h'],
  [1_234, HOURS, '1,234 h'],
  [0.5627, SHARE, '56.3 %'],
  [1, SHARE, '100 %'],
  [0, SHARE, '0 %'],
])('%d of %j is said as %j', (value, unit, text) => {
  expect(amountText(value, unit).replaceAll('\u00a0', ' ')).toBe(text)
})

test('a number and its unit stay on one line', () => {
  expect(amountText(38_000_000_000, USD)).not.toContain(' ')
})

test.each<[number, Unit, string, number, string]>([
  [300_000_000_000, USD, 'bn USD', 150_000_000_000, '150'],
  [400_000, USD, 'USD', 100_000, '100,000'],
  [3_900_000, ACCELERATORS, 'million accelerators', 500_000, '0.5'],
  [800, ACCELERATORS, 'accelerators', 200, '200'],
  [60, HOURS, 'hours', 20, '20'],
  [0.5, HOURS, 'minutes', 0.25, '15'],
  [1, SHARE, '', 0.25, '25 %'],
])('an axis up to %d of %j is titled %j', (largest, unit, title, value, label) => {
  const axis = axisText(largest, unit)
  expect(axis.title.replaceAll('\u00a0', ' ')).toBe(title)
  expect(axis.label(value)).toBe(label)
})
