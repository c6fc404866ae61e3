import { sumText } from '@offtake/contract/text/money-text'
import { formatDate } from '@offtake/core/base/instant'
import type { ObligationSection } from '@offtake/core/finance/obligation-summary'

/** A sentence for each agreement of the sum that its buyer may end because deliveries are late. */
export function mayEndTexts({ byAgreement }: ObligationSection): string[] {
  return byAgreement.flatMap(({ agreementId, mayEnd }) =>
    mayEnd
      ? `${agreementId} may be ended from ${formatDate(mayEnd.start)} until ${formatDate(mayEnd.until)}, because deliveries are late: ${sumText(mayEnd.owed)} of the sum is owed from then on unless it is.`
      : [],
  )
}
