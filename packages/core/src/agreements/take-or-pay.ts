import { derived, type Figure } from '../base/figure.ts'
import { NONE, type Share, WHOLE } from '../base/quantity.ts'
import type { Agreement, Line } from './agreement.ts'

/**
 * The part of a line that is owed whether used or not: all of a fixed sum, whatever the use; of any other price the line's own
 * share, else the commitment's, else what the instrument means.
 * Reserved and owned capacity is paid for whole; what is paid as used, consumed from a sum or not binding owes nothing by itself.
 */
export function takeOrPayOf(agreement: Agreement, line: Line): Figure<Share> {
  if (line.price.kind === 'fixed') return derived(WHOLE, 'a fixed sum does not depend on use')
  return line.takeOrPay ?? agreement.commitment?.takeOrPay ?? takeOrPayByInstrument(agreement)
}

function takeOrPayByInstrument({ instrument }: Agreement): Figure<Share> {
  switch (instrument) {
    case 'capacity':
    case 'owned':
      return derived(WHOLE, 'reserved and owned capacity is paid for whether used or not')
    case 'letterOfIntent':
      return derived(WHOLE, 'what would be reserved if the letter of intent became an agreement')
    case 'spend':
      return derived(NONE, 'the sum is committed, not the line')
    case 'onDemand':
    case 'spot':
      return derived(NONE, 'paid as used')
    case 'backstop':
      return derived(NONE, 'owed only for capacity that stays idle')
  }
}

/**
 * Whether a line is owed by itself: its agreement commits to no sum, or the line has a fixed sum or states a share of its own.
 * Any other line's use draws the commitment down, which is then what is owed.
 */
export function isOwedByItself({ commitment, lines }: Agreement, lineId: string): boolean {
  if (!commitment) return true
  const line = lines.find(({ id }) => id === lineId)
  return line !== undefined && (line.price.kind === 'fixed' || line.takeOrPay !== undefined)
}
