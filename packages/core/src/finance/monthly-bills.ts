import { groupBy } from '../base/group.ts'
import { addMonths } from '../base/instant.ts'
import { type Charge, monthOf, totalCharged } from '../cost/charge.ts'
import type { Bill } from './cash.ts'

/**
 * One bill for each calendar month of one agreement's charges, over the whole month: what edges a charge was cut at, such as
 * those of the stretch that was played, changes nothing about when it is paid.
 */
export function monthlyBills(charges: readonly Charge[], currency: string): Bill[] {
  return [...groupBy(charges, monthOf)].flatMap(([month, own]) => {
    const [first] = own
    if (!first) return []
    const { agreementId, provider } = first
    return [
      {
        agreementId,
        provider,
        start: month,
        until: addMonths(month, 1),
        amount: totalCharged(own, currency),
      },
    ]
  })
}
