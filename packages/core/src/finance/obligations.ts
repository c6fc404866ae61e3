import type { Agreement } from '../agreements/agreement.ts'
import type { PriceBook } from '../agreements/price.ts'
import { NO_SLIPS, type Slips } from '../agreements/resolve.ts'
import type { Instant } from '../base/instant.ts'
import { ok, type Result } from '../base/result.ts'
import type { UnknownPrice } from '../usage/supply.ts'
import { type Owed, owedFrom } from './owed.ts'
import { owedUnder } from './owed-under.ts'
import { drawnFromPrepayment } from './prepayment.ts'

/** What is still owed under an agreement from a moment on, less what has been prepaid, in order of time. */
export function obligationsFrom(
  asOf: Instant,
  agreement: Agreement,
  prices: PriceBook,
  slips: Slips = NO_SLIPS,
): Result<Owed[], UnknownPrice> {
  const owed = owedUnder(agreement, prices, slips)
  return owed.ok ? ok(owedFrom(drawnFromPrepayment(owed.value, agreement), asOf)) : owed
}
