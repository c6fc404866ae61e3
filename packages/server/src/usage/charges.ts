import type { ChargeRow } from '@offtake/contract/api/usage-routes'
import { NO_SLIPS } from '@offtake/core/agreements/resolve'
import { type Instant, instant } from '@offtake/core/base/instant'
import { formatMoney, type Money, total } from '@offtake/core/base/money'
import { toHours } from '@offtake/core/base/quantity'
import { intersection, type Span } from '@offtake/core/base/span'
import { type Change, fromChanges, type StepFunction } from '@offtake/core/base/step-function'
import { capacityOf } from '@offtake/core/capacity/timeline'
import { type Charge, monthOf } from '@offtake/core/cost/charge'
import { chargePortfolio } from '@offtake/core/cost/charges'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import { type Kysely, sql } from 'kysely'
import { isoOf } from '../http/iso.ts'
import { Problem } from '../problem.ts'
import type { Tables } from '../store/tables.ts'

/** What a month costs, and how surely. */
export interface MonthCharged {
  /** The part of the month in which use was metered; nothing where none of it was. */
  readonly metered: Span | undefined
  readonly missing: readonly string[]
  readonly total: Money
  readonly charges: readonly Charge[]
}

/**
 * The charges that `offtake run` works out from a played window, from what was held live since the journal began: within that
 * stretch they are measured, and outside of it supposed, as every charge says.
 */
export async function chargesOfMonth(
  db: Kysely<Tables>,
  portfolio: Portfolio,
  month: Span,
  now: Instant,
): Promise<MonthCharged> {
  const { agreements, fleet, horizon, currency } = portfolio
  const { used, isShared } = await usedByPool(db, now)
  const since = (await firstMoment(db)) ?? now
  const window = intersection({ start: since, until: now }, horizon) ?? {
    start: horizon.start,
    until: horizon.start,
  }
  const capacity = capacityOf({ agreements, fleet, slips: NO_SLIPS, horizon })
  const charged = chargePortfolio({ ...portfolio, window, slips: NO_SLIPS, capacity, used, idle: [] })
  if (!charged.ok) {
    const [first] = charged.problems
    throw new Problem(
      'conflict',
      `the price of ${first?.agreementId} ${first?.lineId} at some moment is not known`,
    )
  }
  const charges = charged.value.charges.filter((charge) => monthOf(charge) === month.start)
  return {
    metered: intersection(window, month),
    missing: [...missingOf(portfolio), ...(isShared ? [SHARED] : [])],
    total: total(
      charges.map(({ amount }) => amount),
      currency,
    ),
    charges,
  }
}

const SHARED =
  'accelerators that are shared count as so many whole ones as their shares add up to: at least as many were in use'

/** What a run measures and a live server does not. */
function missingOf({ agreements }: Portfolio): string[] {
  const promised = agreements.filter(({ slaCredits }) => slaCredits.length > 0)
  if (promised.length === 0) return []
  return [
    `credits for availability: idle time by cause is not metered live (${promised.map(({ id }) => id).join(', ')})`,
  ]
}

/** The accelerators in use, by pool, since metering began. */
async function usedByPool(
  db: Kysely<Tables>,
  now: Instant,
): Promise<{ readonly used: Map<string, StepFunction>; readonly isShared: boolean }> {
  const { rows } = await sql<{ pool: string; at: number; milli: string }>`
    select pool, at, sum(milli)::text as milli from (
      select pool, started_at as at, milli from usage_span
      union all
      select pool, coalesce(ended_at, ${now}::bigint), -milli from usage_span
    ) as change
    group by pool, at
    order by pool, at
  `.execute(db)
  const byPool = new Map<string, { milli: number; readonly changes: Change[] }>()
  let isShared = false
  for (const { pool, at, milli } of rows) {
    const known = byPool.get(pool) ?? { milli: 0, changes: [] }
    const before = Math.ceil(known.milli / 1_000)
    known.milli += Number(milli)
    isShared ||= known.milli % 1_000 !== 0
    known.changes.push({ at: instant(at), by: Math.ceil(known.milli / 1_000) - before })
    byPool.set(pool, known)
  }
  return { used: new Map([...byPool].map(([pool, { changes }]) => [pool, fromChanges(changes)])), isShared }
}

async function firstMoment(db: Kysely<Tables>): Promise<Instant | undefined> {
  const first = await db.selectFrom('journal').select('at').orderBy('seq').limit(1).executeTakeFirst()
  return first && instant(first.at)
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
