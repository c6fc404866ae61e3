import type { UsageRow } from '@offtake/contract/api/usage-routes'
import { addMonths, DAY_MS, HOUR_MS, instant, monthStart } from '@offtake/core/base/instant'
import { type Kysely, sql } from 'kysely'
import { isoOf } from '../http/iso.ts'
import type { Tables } from '../store/tables.ts'

export interface UsageFilter {
  readonly tenant?: string
  readonly pool?: string
  readonly from: number
  readonly until: number
  readonly by: 'day' | 'month' | 'total'
}

/** What one tenant held of one pool on one day, in thousandths of accelerators × milliseconds. */
interface DayRow {
  readonly day: number
  readonly tenant: string
  readonly pool: string
  readonly milli_ms: string
}

/** Accelerator-hours by stretch, tenant and pool, in that order; what still holds counts up to the end of what is asked about. */
export async function usageRows(db: Kysely<Tables>, filter: UsageFilter): Promise<UsageRow[]> {
  const sums = new Map<string, { start: number; tenant: string; pool: string; milliMs: bigint }>()
  for (const { day, tenant, pool, milli_ms } of await dayRows(db, filter)) {
    const start = startOf(day * DAY_MS, filter)
    const key = JSON.stringify([start, tenant, pool])
    const sum = sums.get(key) ?? { start, tenant, pool, milliMs: 0n }
    sum.milliMs += BigInt(milli_ms)
    sums.set(key, sum)
  }
  return [...sums.values()]
    .filter(({ milliMs }) => milliMs > 0n)
    .map(({ start, tenant, pool, milliMs }) => ({
      start: isoOf(start),
      tenant,
      pool,
      hours: hoursOf(milliMs),
    }))
}

/** The first moment of what a row is about, that is asked about. */
function startOf(day: number, { by, from }: UsageFilter): number {
  if (by === 'day') return Math.max(day, from)
  return by === 'month' ? Math.max(monthStart(instant(day)), from) : from
}

/** Good to a thousandth of a second of one accelerator, as long as a number holds it. */
function hoursOf(milliMs: bigint): number {
  return Math.round((Number(milliMs) / (1_000 * HOUR_MS)) * 1e6) / 1e6
}

async function dayRows(db: Kysely<Tables>, { tenant, pool, from, until }: UsageFilter): Promise<DayRow[]> {
  if (until <= from) return []
  const held = sql`
    select tenant, pool, milli, greatest(started_at, ${from}::bigint) as start,
      least(coalesce(ended_at, ${until}::bigint), ${until}::bigint) as until
    from usage_span
    where started_at < ${until}::bigint and (ended_at is null or ended_at > ${from}::bigint)
      ${tenant === undefined ? sql`` : sql`and tenant = ${tenant}`}
      ${pool === undefined ? sql`` : sql`and pool = ${pool}`}
  `
  const { rows } = await sql<DayRow>`
    select day::bigint as day, tenant, pool,
      sum(milli * (least(until, (day + 1) * ${DAY_MS}::bigint) - greatest(start, day * ${DAY_MS}::bigint)))::text as milli_ms
    from (${held}) as held
    cross join lateral generate_series(start / ${DAY_MS}::bigint, (until - 1) / ${DAY_MS}::bigint) as day
    where start < until
    group by day, tenant, pool
    order by day, tenant, pool
  `.execute(db)
  return rows
}

/** The month of a moment, and now, where a question leaves them open. */
export function stretchAsked(
  { from, until }: { readonly from?: number; readonly until?: number },
  now: number,
): { readonly from: number; readonly until: number } {
  const end = Math.min(until ?? now, now)
  return { from: from ?? monthStart(instant(now)), until: end }
}

/** The stretch of a month that is written `2026-11`. */
export function monthOfText(text: string): { readonly start: number; readonly until: number } {
  const start = instant(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5)) - 1, 1))
  return { start, until: addMonths(start, 1) }
}
