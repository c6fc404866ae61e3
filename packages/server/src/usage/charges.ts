import type { ChargeRow } from '@offtake/contract/api/usage-routes'
import type { Instant } from '@offtake/core/base/instant'
import { formatMoney, type Money, total } from '@offtake/core/base/money'
import { toHours } from '@offtake/core/base/quantity'
import { intersection, type Span } from '@offtake/core/base/span'
import { type Charge, monthOf } from '@offtake/core/cost/charge'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import type { Kysely } from 'kysely'
import { isoOf } from '../http/iso.ts'
import type { Tables } from '../store/tables.ts'
import { chargeLive } from './charged-live.ts'

/** What a month costs, and how surely. */
export interface MonthCharged {
  /** The part of the month in which use was metered; nothing where none of it was. */
  readonly metered: Span | undefined
  readonly missing: readonly string[]
  readonly total: Money
  readonly charges: readonly Charge[]
}

export async function chargesOfMonth(
  db: Kysely<Tables>,
  portfolio: Portfolio,
  month: Span,
  now: Instant,
): Promise<MonthCharged> {
  const { charged, metered, missing } = await chargeLive(db, portfolio, now)
  const charges = charged.charges.filter((charge) => monthOf(charge) === month.start)
  return {
    metered: metered && intersection(metered, month),
    missing,
    total: total(
      charges.map(({ amount }) => amount),
      portfolio.currency,
    ),
    charges,
  }
}

export function chargeRowOf(charge: Charge): ChargeRow {
  const { agreementId, provider, lineId, poolId, kind, start, until, used, amount, owedAnyway, basis } =
    charge
  return {
    agreement: agreementId,
    provider,
    line: lineId ?? null,
    pool: poolId ?? null,
    kind,
    start: isoOf(start),
    until: isoOf(until),
    usedHours: used === undefined ? null : toHours(used),
    amount: formatMoney(amount),
    owedAnyway: formatMoney(owedAnyway),
    basis,
  }
}
