import type { Agreement } from '../agreements/agreement.ts'
import { money, toUnits } from '../base/money.ts'
import { WHOLE } from '../base/quantity.ts'
import type { Expectation } from './expectation.ts'

/** An expectation held against what the portfolio says: `value` and `expected` in currency units, or as a ratio. */
export interface Check {
  readonly name: string
  readonly value: number
  readonly expected: number
  readonly holds: boolean
}

export function checkExpectation(expectation: Expectation, agreements: readonly Agreement[]): Check {
  const { name, expected, tolerance, overYears = 1, against } = expectation
  const whole = toUnits(money(sumOf(expectation, agreements), ''))
  const value = whole / overYears / (against ? toUnits(against.value) : 1)
  return {
    name,
    value,
    expected,
    holds: Math.abs(value - expected) <= (Math.abs(expected) * tolerance) / WHOLE,
  }
}

function sumOf({ of }: Expectation, agreements: readonly Agreement[]): bigint {
  if ('sum' in of) return of.sum.value.micros
  return agreements
    .filter(({ id }) => of.agreements.includes(id))
    .reduce((sum, { commitment }) => sum + (commitment?.total.value.micros ?? 0n), 0n)
}
