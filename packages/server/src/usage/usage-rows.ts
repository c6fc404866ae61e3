import type { UsageRow } from '@offtake/contract/api/usage-routes'
import { addMonths, DAY_MS, HOUR_MS, instant, monthStart } from '@offtake/core/base/instant'
import { type Kysely, sql } from 'kysely'
import { isoOf } from '../http/iso.ts'
import { Problem } from '../problem.ts'
import type { Tables } from '../store/tables.ts'

export interface UsageFilter {
  readonly tenant?: string
  readonly pool?: string
  readonly from: number
  readonly until: number
  readonly by: 'hour' | 'day' | 'month' | 'total'
}

/** What changes in one slot of time for one tenant and pool, in thousandths of accelerators (× milliseconds). */
interface SlotRow {
  readonly slot: number
  readonly tenant: string
  readonly pool: string
  /** Of spans that begin or end within the slot. */
  readonly part_milli_ms: string
  /** By how much more is held throughout, from this slot on. */
  readonly rate_milli: string
}

/** Accelerator-hours by stretch, tenant and pool, in that order; what still holds counts up to the end of what is asked about. */
export async function usageRows(db: Kysely<Tables>, filter: UsageFilter): Promise<UsageRow[]> {
  const sums = new Map<string, { start: number; tenant: string; pool: string; milliMs: bigint }>()
  const slotMs = filter.by === 'hour' ? HOUR_MS : DAY_MS
  for (const { slot, tenant, pool, milliMs } of eachSlot(await slotRows(db, filter, slotMs), slotMs)) {
    const start = startOf(slot * slotMs, filter)
    const key = JSON.stringify([start, tenant, pool])
    const sum = sums.get(key) ?? { start, tenant, pool, milliMs: 0n }
    sum.milliMs += milliMs
    sums.set(key, sum)
  }
  return [...sums.values()]
    .sort(byPlace)
    .filter(({ milliMs }) => milliMs > 0n)
    .map(({ start, tenant, pool, milliMs }) => ({
      start: isoOf(start),
      tenant,
      pool,
      hours: hoursOf(milliMs),
    }))
}

type Place = Pick<SlotRow, 'tenant' | 'pool'> & { readonly start: number }

function byPlace(a: Place, b: Place): number {
  if (a.start !== b.start) return a.start - b.start
  if (a.tenant !== b.tenant) return a.tenant < b.tenant ? -1 : 1
  return a.pool < b.pool ? -1 : 1
}

/** The first moment of what a row is about, that is asked about. */
function startOf(slot: number, { by, from }: UsageFilter): number {
  if (by === 'total') return from
  return Math.max(by === 'month' ? monthStart(instant(slot)) : slot, from)
}

/** Good to a thousandth of a second of one accelerator, as long as a number holds it. */
function hoursOf(milliMs: bigint): number {
  return Math.round((Number(milliMs) / (1_000 * HOUR_MS)) * 1e6) / 1e6
}

interface Held extends Pick<SlotRow, 'slot' | 'tenant' | 'pool'> {
  readonly milliMs: bigint
}

/** Every slot of which something was held, from the changes: those of a tenant and a pool come in order of their slots. */
function* eachSlot(rows: readonly SlotRow[], slotMs: number): Generator<Held> {
  let rate = 0n
  for (const [index, { slot, tenant, pool, part_milli_ms, rate_milli }] of rows.entries()) {
    rate += BigInt(rate_milli)
    yield { slot, tenant, pool, milliMs: BigInt(part_milli_ms) + rate * BigInt(slotMs) }
    if (rate === 0n) continue
    // What is held throughout ends in a later row of the same tenant and pool.
    const until = rows[index + 1]?.slot ?? slot
    for (let at = slot + 1; at < until; at++) yield { slot: at, tenant, pool, milliMs: rate * BigInt(slotMs) }
  }
}

/** A span adds to the slots in which it begins and ends what it holds of them, and a rate to all in between: two or three rows, however long it is. */
async function slotRows(
  db: Kysely<Tables>,
  { tenant, pool, from, until }: UsageFilter,
  slotMs: number,
): Promise<SlotRow[]> {
  if (until <= from) return []
  const size = sql`${slotMs}::bigint`
  const { rows } = await sql<SlotRow>`
    with held as (
      select tenant, pool, milli, greatest(started_at, ${from}::bigint) as start,
        least(coalesce(ended_at, ${until}::bigint), ${until}::bigint) as until
      from usage_span
      where started_at < ${until}::bigint and (ended_at is null or ended_at > ${from}::bigint)
        ${tenant === undefined ? sql`` : sql`and tenant = ${tenant}`}
        ${pool === undefined ? sql`` : sql`and pool = ${pool}`}
    ), slotted as (
      select *, start / ${size} as first, (until - 1) / ${size} as last from held where start < until
    ), change as (
      select first as slot, tenant, pool, milli * (least(until, (first + 1) * ${size}) - start) as part, 0 as rate from slotted
      union all
      select last, tenant, pool, milli * (until - last * ${size}), 0 from slotted where last > first
      union all
      select first + 1, tenant, pool, 0, milli from slotted where last > first
      union all
      select last, tenant, pool, 0, -milli from slotted where last > first
    )
    select slot::bigint as slot, tenant, pool, sum(part)::text as part_milli_ms, sum(rate)::text as rate_milli
    from change
    group by slot, tenant, pool
    order by tenant, pool, slot
  `.execute(db)
  return rows
}

const MOST_DAYS_BY_HOUR = 31
const DAYS_BY_HOUR = 7

/** The month of a moment, and now, where a question leaves them open; by the hour the week before. */
export function stretchAsked(
  { from, until, by }: { readonly from?: number; readonly until?: number; readonly by: UsageFilter['by'] },
  now: number,
): { readonly from: number; readonly until: number } {
  const end = Math.min(until ?? now, now)
  if (by !== 'hour') return { from: from ?? monthStart(instant(now)), until: end }
  const start = from ?? end - DAYS_BY_HOUR * DAY_MS
  if (end - start <= MOST_DAYS_BY_HOUR * DAY_MS) return { from: start, until: end }
  const message = `by the hour at most ${MOST_DAYS_BY_HOUR} days are told at once`
  throw new Problem('malformed', `query.from: ${message}`, [{ path: 'query.from', message }])
}

/** The stretch of a month that is written `2026-11`. */
export function monthOfText(text: string): { readonly start: number; readonly until: number } {
  const start = instant(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5)) - 1, 1))
  return { start, until: addMonths(start, 1) }
}
