import type { Agreement } from '../agreements/agreement.ts'
import { isAssumed } from '../base/figure.ts'
import { subtract } from '../base/money.ts'
import { cutAt, type Owed } from './owed.ts'

/**
 * The same sums with the prepayment in them: it is owed when it is due, and draws down what is owed from then on, the earliest
 * first, until it is used up. What is owed in all changes only where the prepayment exceeds all that follows it.
 */
export function drawnFromPrepayment(owed: readonly Owed[], agreement: Agreement): Owed[] {
  const { prepayment } = agreement
  if (!prepayment) return [...owed]
  const { due, amount } = prepayment
  let left = amount.value
  const drawn = cutAt(owed, [due])
    .sort((a, b) => a.start - b.start)
    .flatMap((piece): Owed[] => {
      if (piece.start < due || left.micros === 0n) return [piece]
      const used = left.micros < piece.amount.micros ? left : piece.amount
      left = subtract(left, used)
      const rest = subtract(piece.amount, used)
      return rest.micros > 0n ? [{ ...piece, amount: rest }] : []
    })
  const ahead: Owed = {
    start: due,
    until: due,
    agreementId: agreement.id,
    provider: agreement.provider,
    for: 'prepayment',
    amount: amount.value,
    amountAssumed: isAssumed(amount),
    timingAssumed: false,
  }
  return [...drawn, ahead].sort((a, b) => a.start - b.start)
}
