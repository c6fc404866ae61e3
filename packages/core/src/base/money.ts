import { assert } from './assert.ts'

/** A sum in whole micro-units of one currency (ISO 4217), never a float: 1 USD = 1,000,000 micros. */
export interface Money {
  readonly micros: bigint
  readonly currency: string
}

export const MICROS_PER_UNIT = 1_000_000n

export function money(micros: bigint, currency: string): Money {
  return { micros, currency }
}

export function nothing(currency: string): Money {
  return { micros: 0n, currency }
}

/** The exact decimal, at least two places and at most six: `22.40`, `0.000001`. */
export function formatMoney({ micros }: Money): string {
  const size = micros < 0n ? -micros : micros
  const fraction = (size % MICROS_PER_UNIT)
    .toString()
    .padStart(6, '0')
    .replace(/0{1,4}$/, '')
  return `${micros < 0n ? '-' : ''}${size / MICROS_PER_UNIT}.${fraction}`
}

export function add(a: Money, b: Money): Money {
  assert(a.currency === b.currency, 'sums are of one currency')
  return { micros: a.micros + b.micros, currency: a.currency }
}

export function subtract(a: Money, b: Money): Money {
  assert(a.currency === b.currency, 'differences are of one currency')
  return { micros: a.micros - b.micros, currency: a.currency }
}

export function total(sums: Iterable<Money>, currency: string): Money {
  let micros = 0n
  for (const sum of sums) {
    assert(sum.currency === currency, 'sums are of one currency')
    micros += sum.micros
  }
  return { micros, currency }
}

/** `amount × numerator ÷ denominator`, rounded once, half to even. The denominator is positive. */
export function scale(amount: Money, numerator: bigint, denominator: bigint): Money {
  return { micros: divideHalfEven(amount.micros * numerator, denominator), currency: amount.currency }
}

/** Splits a sum by weights without losing a micro-unit: the remainder goes to the largest fractions, first ones first. */
export function split(amount: Money, weights: readonly bigint[]): Money[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n)
  assert(whole > 0n, 'a sum is split by weights that add up to more than nothing')
  const shares = weights.map((weight) => floorDivide(amount.micros * weight, whole))
  let rest = amount.micros - shares.reduce((sum, share) => sum + share, 0n)
  const byFraction = weights
    .map((weight, at) => ({ at, fraction: amount.micros * weight - (shares[at] ?? 0n) * whole }))
    .sort((a, b) => (a.fraction === b.fraction ? a.at - b.at : a.fraction > b.fraction ? -1 : 1))
  for (const { at } of byFraction) {
    if (rest === 0n) break
    shares[at] = (shares[at] ?? 0n) + 1n
    rest -= 1n
  }
  return shares.map((micros) => ({ micros, currency: amount.currency }))
}

/** Rounds to the cent, half to even, as an invoice does. */
export function toCents(amount: Money): Money {
  return { micros: divideHalfEven(amount.micros, 10_000n) * 10_000n, currency: amount.currency }
}

/** Whole units as a number, rounded to the cent: for charts and JSON, not for sums. Exact below 9 × 10¹³ units. */
export function toUnits(amount: Money): number {
  return Number(divideHalfEven(amount.micros, 10_000n)) / 100
}

export function isNegative(amount: Money): boolean {
  return amount.micros < 0n
}

export function largerOf(a: Money, b: Money): Money {
  return subtract(a, b).micros >= 0n ? a : b
}

export function smallerOf(a: Money, b: Money): Money {
  return subtract(a, b).micros <= 0n ? a : b
}

function floorDivide(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator
  return numerator % denominator < 0n ? quotient - 1n : quotient
}

function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  assert(denominator > 0n, 'a denominator is positive')
  const quotient = floorDivide(numerator, denominator)
  const twice = (numerator - quotient * denominator) * 2n
  if (twice > denominator || (twice === denominator && quotient % 2n !== 0n)) return quotient + 1n
  return quotient
}
