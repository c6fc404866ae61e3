import type { Money } from '../base/money.ts'
import { WHOLE } from '../base/quantity.ts'
import type { RevenuePoint } from './revenue.ts'

/** How revenue stands against what is owed in one calendar year. */
export interface YearCoverage {
  readonly year: number
  readonly owed: Money
  readonly revenue?: RevenuePoint['revenue']
  /** Revenue ÷ what is owed; absent where either is unknown or nothing is owed. */
  readonly coverage?: number
  /** What is owed ÷ revenue; absent where there is no revenue figure, or it is zero. */
  readonly multiple?: number
}

/** Year by year; a year without a revenue figure says so by having none. */
export function coverageOf(
  owedByYear: readonly { readonly year: number; readonly amount: Money }[],
  revenue: readonly RevenuePoint[],
): YearCoverage[] {
  return owedByYear.map(({ year, amount }) => {
    const found = revenue.find((point) => point.year === year)?.revenue
    return { year, owed: amount, ...(found ? { revenue: found, ...against(amount, found.value) } : {}) }
  })
}

function against(owed: Money, revenue: Money): { coverage?: number; multiple?: number } {
  return {
    ...(owed.micros > 0n ? { coverage: multipleOf(revenue, owed) } : {}),
    ...(revenue.micros > 0n ? { multiple: multipleOf(owed, revenue) } : {}),
  }
}

/** How many times one sum the other is, to six decimals. */
function multipleOf(sum: Money, of: Money): number {
  const whole = BigInt(WHOLE)
  return Number((sum.micros * whole * 2n + of.micros) / (2n * of.micros)) / WHOLE
}
