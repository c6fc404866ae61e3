import { NO_SLIPS } from '@offtake/core/agreements/resolve'
import { type Instant, instant } from '@offtake/core/base/instant'
import { intersection, type Span } from '@offtake/core/base/span'
import { type Change, fromChanges, type StepFunction } from '@offtake/core/base/step-function'
import { capacityOf } from '@offtake/core/capacity/timeline'
import { type ChargedPortfolio, chargePortfolio } from '@offtake/core/cost/charges'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import type { UnknownPrice } from '@offtake/core/usage/supply'
import { type Kysely, sql } from 'kysely'
import { Problem } from '../problem.ts'
import type { Tables } from '../store/tables.ts'

/** What the agreements charge, and how surely. */
export interface Charged {
  readonly at: Instant
  readonly charged: ChargedPortfolio
  /** The stretch in which use was metered; nothing where none was within the portfolio's horizon. */
  readonly metered: Span | undefined
  readonly missing: readonly string[]
}

/**
 * The charges that `offtake run` works out from a played window, from what was held live since the journal began: within that
 * stretch they are measured, and outside of it supposed, as every charge says.
 */
export async function chargeLive(db: Kysely<Tables>, portfolio: Portfolio, at: Instant): Promise<Charged> {
  const { agreements, fleet, horizon } = portfolio
  const { used, isShared } = await usedByPool(db, at)
  const since = (await firstMoment(db)) ?? at
  const metered = intersection({ start: since, until: at }, horizon)
  const window = metered ?? { start: horizon.start, until: horizon.start }
  const capacity = capacityOf({ agreements, fleet, slips: NO_SLIPS, horizon })
  const charged = chargePortfolio({ ...portfolio, window, slips: NO_SLIPS, capacity, used, idle: [] })
  if (!charged.ok) throw unknownPrice(charged.problems)
  return {
    at,
    charged: charged.value,
    metered,
    missing: [...missingOf(portfolio), ...(isShared ? [SHARED] : [])],
  }
}

/** The same for many who ask: worked out anew when that takes a small part of the time, or where the portfolio has changed. */
export class ChargedLive {
  readonly #db: Kysely<Tables>
  readonly #clock: () => number
  #last: { readonly portfolio: Portfolio; readonly charged: Promise<Charged>; until: number } | undefined

  constructor(db: Kysely<Tables>, clock: () => number) {
    this.#db = db
    this.#clock = clock
  }

  async of(portfolio: Portfolio): Promise<Charged> {
    const last = this.#last
    if (last?.portfolio === portfolio && performance.now() < last.until) return last.charged
    const began = performance.now()
    const next = {
      portfolio,
      charged: chargeLive(this.#db, portfolio, instant(this.#clock())),
      until: Number.POSITIVE_INFINITY,
    }
    this.#last = next
    const over = (): void => {
      const ended = performance.now()
      next.until = ended + (ended - began) * ONE_IN
    }
    next.charged.then(over, () => {
      if (this.#last === next) this.#last = undefined
    })
    return next.charged
  }
}

/** It takes at most one part in so many of the time. */
const ONE_IN = 100

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

export function unknownPrice([first]: readonly UnknownPrice[]): Problem {
  return new Problem(
    'conflict',
    `the price of ${first?.agreementId} ${first?.lineId} at some moment is not known`,
  )
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
