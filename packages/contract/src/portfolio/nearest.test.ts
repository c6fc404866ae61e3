import { expect, test } from 'vitest'
import { nearest, suggestion } from './nearest.ts'

const FIELDS = ['takeOrPay', 'tranches', 'price', 'promised', 'region']

test.each([
  ['takeorpay', 'takeOrPay'],
  ['tranche', 'tranches'],
  ['prcie', 'price'],
  ['promissed', 'promised'],
  ['regions', 'region'],
  ['pricePerHour', 'price'],
])('%s may have meant %s', (written, meant) => {
  expect(nearest(written, FIELDS)).toBe(meant)
})

test('the closest of several names is meant, wherever it stands', () => {
  expect(nearest('h200x', ['h100', 'h200', 'b200'])).toBe('h200')
  expect(nearest('h200x', ['h200', 'h100', 'b200'])).toBe('h200')
  expect(nearest('GB300', ['gb200-nvl72', 'gb300-nvl72'])).toBe('gb300-nvl72')
})

test('a name that is like no other brings no suggestion', () => {
  expect(nearest('colour', FIELDS)).toBeUndefined()
  expect(nearest('anything', [])).toBeUndefined()
  expect(suggestion('colour', FIELDS)).toBe('')
  expect(suggestion('prise', FIELDS)).toBe(", did you mean 'price'?")
})
