import type { Agreement } from '../agreements/agreement.ts'
import { currentTerm, isTerminated } from '../agreements/term.ts'
import { isAssumed } from '../base/figure.ts'
import { addMonths, type Instant, instant, monthStart } from '../base/instant.ts'
import { isNegative, type Money, money, smallerOf, subtract } from '../base/money.ts'
import { cutAt, type Owed } from './owed.ts'

/** What is paid ahead; nothing where the agreement was ended before that was due. */
export function prepaymentOf(agreement: Agreement): Agreement['prepayment'] {
  const { prepayment } = agreement
  const isOver = prepayment && isTerminated(agreement) && prepayment.due > currentTerm(agreement).until
  return isOver ? undefined : prepayment
}

/** Something that is billed, such as a month's bill or a sum that is owed for a stretch of time. */
interface Billed {
  readonly start: Instant
  readonly amount: Money
}

/** What of something billed a prepayment pays, and what is left of the prepayment after it. */
export interface Drawn<Item extends Billed> {
  readonly item: Item
  readonly drawn: Money
  readonly left: Money
}

/**
 * How an agreement's prepayment pays what is billed for the months whose bills are written when it is due or later, the
 * earliest first, until it is used up. A credit takes nothing of it, and gives nothing back. In order of time; nothing is
 * drawn where nothing was paid ahead.
 */
export function drawDown<Item extends Billed>(agreement: Agreement, billed: readonly Item[]): Drawn<Item>[] {
  const first = firstMonthPaid(agreement) ?? Number.POSITIVE_INFINITY
  let left = prepaymentOf(agreement)?.amount.value
  return [...billed]
    .sort((a, b) => a.start - b.start)
    .map((item): Drawn<Item> => {
      const none = money(0n, item.amount.currency)
      const isPaid = item.start >= first && !isNegative(item.amount)
      const drawn = left && isPaid ? smallerOf(left, item.amount) : none
      if (left) left = subtract(left, drawn)
      return { item, drawn, left: left ?? none }
    })
}

/** How an agreement's prepayment is drawn down by the bills of its months. */
export interface Prepaid {
  readonly agreementId: string
  readonly byMonth: readonly { readonly month: Instant; readonly drawn: Money; readonly left: Money }[]
  /** What no bill draws, as far as bills can be foreseen. */
  readonly left: Money
}

/** One for an agreement with a prepayment, none for one without. */
export function prepaidUnder(agreement: Agreement, monthlyBills: readonly Billed[]): Prepaid[] {
  const prepayment = prepaymentOf(agreement)
  if (!prepayment) return []
  const byMonth = drawDown(agreement, monthlyBills)
    .filter(({ drawn }) => drawn.micros > 0n)
    .map(({ item, drawn, left }) => ({ month: item.start, drawn, left }))
  const left = byMonth.at(-1)?.left ?? prepayment.amount.value
  return [{ agreementId: agreement.id, byMonth, left }]
}

/** In arrears a month's bill is written at the end of the month, in advance at its start. */
function firstMonthPaid(agreement: Agreement): Instant | undefined {
  const prepayment = prepaymentOf(agreement)
  if (!prepayment) return undefined
  const { due } = prepayment
  if (agreement.payment.billed === 'inArrears') return monthStart(instant(due - 1))
  return due === monthStart(due) ? due : addMonths(monthStart(due), 1)
}

/**
 * What is owed with the prepayment in it: it is owed when it is due, and pays for what is billed from then on. What is owed in
 * all changes only where the prepayment exceeds all that it pays for.
 */
export function drawnFromPrepayment(owed: readonly Owed[], agreement: Agreement): Owed[] {
  const prepayment = prepaymentOf(agreement)
  const first = firstMonthPaid(agreement)
  if (!prepayment || first === undefined) return [...owed]
  const rest = drawDown(agreement, cutAt(owed, [first])).flatMap(({ item, drawn }): Owed[] => {
    const amount = subtract(item.amount, drawn)
    return drawn.micros === 0n || amount.micros > 0n ? [{ ...item, amount }] : []
  })
  const ahead: Owed = {
    start: prepayment.due,
    until: prepayment.due,
    agreementId: agreement.id,
    provider: agreement.provider,
    for: 'prepayment',
    amount: prepayment.amount.value,
    amountAssumed: isAssumed(prepayment.amount),
    timingAssumed: false,
  }
  return [...rest, ahead].sort((a, b) => a.start - b.start)
}
