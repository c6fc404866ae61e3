import type { Commitment } from '../agreements/agreement.ts'
import { formatMoney, total } from '../base/money.ts'
import type { Owed } from '../finance/owed.ts'
import { said, saidShare } from './agreement.ts'
import { usd } from './usd.ts'

/** What the pieces come to, in USD as text. */
export function sumOf(pieces: readonly Owed[]): string {
  return formatMoney(
    total(
      pieces.map(({ amount }) => amount),
      'USD',
    ),
  )
}

/** 24,000 USD over the term, all of it owed, a year at a time. */
export function commitment(parts: Partial<Commitment> = {}): Commitment {
  return {
    total: said(usd('24000')),
    interval: 'year',
    takeOrPay: saidShare(1),
    carryForward: false,
    ...parts,
  }
}
