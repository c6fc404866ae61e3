import type { ChargeRow, MonthlyCharge } from '@offtake/contract/api/usage-routes'
import { groupBy } from '@offtake/core/base/group'
import { formatMonth, type Instant } from '@offtake/core/base/instant'
import { formatMoney, type Money, subtract, total } from '@offtake/core/base/money'
import { toHours } from '@offtake/core/base/quantity'
import { intersection, type Span } from '@offtake/core/base/span'
import { type Charge, chargesWithin, leastSure, monthOf, totalCharged } from '@offtake/core/cost/charge'
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

/** A part of a charge that is under one key. */
interface Part {
  readonly key: string
  readonly charge: Charge
  readonly amount: Money
}

export type MonthlyBy = 'provider' | 'agreement' | 'kind' | 'basis'

/** The charges within the horizon, added up by month and one property, in order of time. */
export function monthlyCharges(
  all: readonly Charge[],
  { horizon, currency }: Pick<Portfolio, 'horizon' | 'currency'>,
  by: MonthlyBy,
): { readonly total: string; readonly items: MonthlyCharge[] } {
  const charges = chargesWithin(all, horizon)
  const items = [...groupBy(charges, monthOf)].flatMap(([month, ofMonth]) => {
    const parts = ofMonth.flatMap((charge) => partsOf(charge, by))
    return [...groupBy(parts, ({ key }) => key)].map(([key, some]) => ({
      month: formatMonth(month),
      key,
      amount: formatMoney(
        total(
          some.map(({ amount }) => amount),
          currency,
        ),
      ),
      basis: leastSure(some.map(basisOf)),
    }))
  })
  return { total: formatMoney(totalCharged(charges, currency)), items }
}

function partsOf(charge: Charge, by: MonthlyBy): Part[] {
  const { amount, owedAnyway, provider, agreementId, kind, basis } = charge
  switch (by) {
    case 'provider':
      return [{ key: provider, charge, amount }]
    case 'agreement':
      return [{ key: agreementId, charge, amount }]
    case 'kind':
      return [{ key: kind, charge, amount }]
    case 'basis':
      return [
        { key: 'agreed', charge: { ...charge, basis: 'agreed' as const }, amount: owedAnyway },
        { key: basis, charge, amount: subtract(amount, owedAnyway) },
      ].filter((part) => part.amount.micros !== 0n)
  }
}

/** What is owed whatever is used is agreed, whatever else the charge rests on. */
function basisOf({ charge: { amount, owedAnyway, basis } }: Part): Charge['basis'] {
  return amount.micros === owedAnyway.micros ? 'agreed' : basis
}
