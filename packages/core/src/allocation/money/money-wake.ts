import type { Instant } from '../../base/instant.ts'
import type { AllocationState } from '../allocation-state.ts'

/**
 * When a waiting gang for which money decides may start although nothing happens: terms turn, it stops holding out for its
 * price, or a brake lets go. `since` is when all that wait were last looked at.
 */
export function nextMoneyWake({ money, minding }: AllocationState, since: Instant): Instant | undefined {
  if (!money || minding.size === 0) return undefined
  const next = Math.min(
    money.nextEdge(),
    minding.nextEndAfter(since),
    money.budgets.nextRelease(money.countedUntil, since),
  )
  return Number.isFinite(next) ? (next as Instant) : undefined
}
