import type { Budget, PricedGrant, Take, TakeInterval, Terms } from '../allocation/money/terms.ts'
import { DAY_MS, instant, MINUTE_MS } from '../base/instant.ts'

/** Micro-units of a sum in units. */
function micros(units: number): number {
  return Math.round(units * 1_000_000)
}

export function someTerms(parts: Partial<Terms> = {}): Terms {
  return { currency: 'USD', grants: [], takes: [], ...parts }
}

/** Accelerators of the pool `main` for a year, committed at 2 an hour, with nothing else said. */
export function aGrant(
  id: string,
  parts: Partial<PricedGrant> & { readonly price?: number } = {},
): PricedGrant {
  const { price = 2, ...rest } = parts
  const start = rest.start ?? instant(0)
  return {
    id,
    poolId: 'main',
    order: 'committed',
    accelerators: 8,
    paidAnyway: 0,
    start,
    until: instant(365 * DAY_MS),
    prices: [{ from: start, microsPerHour: micros(price) }],
    ...rest,
  }
}

/** One interval after the other of so many minutes, in each of which so much is owed. */
export function aTake(
  id: string,
  { minutes, owed, committed = owed, count = 3, carries = false }: TakeLike,
): Take {
  const intervals = Array.from(
    { length: count },
    (_, n): TakeInterval => ({
      start: instant(n * minutes * MINUTE_MS),
      until: instant((n + 1) * minutes * MINUTE_MS),
      owedMicros: `${micros(owed)}`,
      committedMicros: `${micros(committed)}`,
    }),
  )
  return { id, carries, intervals }
}

/** A budget of one sum for each of some intervals of so many minutes. */
export function aBudget(
  id: string,
  { minutes, units, kind = 'limit', count = 3, ...rest }: BudgetLike,
): Budget {
  const intervals = Array.from({ length: count }, (_, n) => ({
    start: instant(n * minutes * MINUTE_MS),
    until: instant((n + 1) * minutes * MINUTE_MS),
    micros: `${micros(units)}`,
  }))
  return { id, kind, intervals, ...rest }
}

interface BudgetLike {
  readonly minutes: number
  readonly units: number
  readonly kind?: Budget['kind']
  readonly tenant?: string
  readonly count?: number
}

interface TakeLike {
  readonly minutes: number
  readonly owed: number
  readonly committed?: number
  readonly count?: number
  readonly carries?: boolean
}
