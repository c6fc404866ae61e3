import type { PriceProblem } from '@offtake/core/agreements/price'
import { formatDate } from '@offtake/core/base/instant'

/** Why a line's price is not known, and what would make it known. */
export function priceProblemText(
  { agreementId, lineId }: { readonly agreementId: string; readonly lineId: string },
  problem: PriceProblem,
): string {
  const line = `${agreementId}/${lineId}`
  switch (problem.code) {
    case 'indexHasNoValue':
      return `${line}: its price follows '${problem.series}', which has no value at ${formatDate(problem.at)} or before; add one to prices/`
    case 'indexInOtherCurrency':
      return `${line}: its price follows '${problem.series}', which is in ${problem.currency}`
    case 'indexOfOtherUnit':
      return `${line}: its price follows '${problem.series}', a price per accelerator-hour, but is not one itself`
  }
}
