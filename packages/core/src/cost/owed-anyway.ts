import { groupBy } from '../base/group.ts'
import { add, type Money, money, smallerOf, subtract, toCents, total } from '../base/money.ts'
import type { Charge } from './charge.ts'
import { spanAt } from './charge-context.ts'
import { splitCents } from './exact-amount.ts'
import type { Settlement } from './true-up.ts'

/**
 * The charges with so much of them, or all where they are less, marked as owed whatever is used; in proportion to what was not
 * yet so marked.
 */
export function markOwed(charges: readonly Charge[], owed: Money): Charge[] {
  const amount = total(
    charges.map((charge) => charge.amount),
    owed.currency,
  )
  const marked = total(
    charges.map(({ owedAnyway }) => owedAnyway),
    owed.currency,
  )
  const missing = subtract(smallerOf(owed, amount), marked)
  if (missing.micros <= 0n) return [...charges]
  const parts = splitCents(
    missing,
    charges.map((charge) => charge.amount.micros - charge.owedAnyway.micros),
  )
  return charges.map((charge, n) => ({
    ...charge,
    owedAnyway: add(charge.owedAnyway, parts[n] ?? money(0n, owed.currency)),
  }))
}

/**
 * Marks what of an agreement's charges its commitment makes owed whatever is used: in each interval as much as is owed there,
 * less what was carried into it.
 */
export function markOwedByCommitment(
  charges: readonly Charge[],
  settlements: readonly Settlement[],
): Charge[] {
  const byInterval = groupBy(charges, ({ start }) => spanAt(settlements, start))
  return [...byInterval].flatMap(([interval, within]) => {
    if (!interval) return within
    return markOwed(within, subtract(toCents(interval.owed), toCents(interval.carriedIn)))
  })
}
