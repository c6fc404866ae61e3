import type { MoneyLedger } from '../allocation/money/money-ledger.ts'
import { assert } from '../base/assert.ts'
import type { Span } from '../base/span.ts'
import type { ChargedPortfolio } from '../cost/charges.ts'
import { usedByGrant } from '../cost/used-by-grant.ts'

/**
 * Holds what the allocator counted of each grant, event by event, against what the charges rest on, which was worked out anew
 * from the use of whole pools. The two share nothing but the agreements.
 */
export function checkCountedTake(ledger: MoneyLedger, { served }: ChargedPortfolio, window: Span): void {
  ledger.countUntil(window.until)
  for (const [grantId, time] of usedByGrant(served, window))
    assert(ledger.usedOf(grantId) === time, `${grantId} was used for as long as it is charged for`)
}
