import { NO_SLIPS } from '@offtake/core/agreements/resolve'
import type { Command } from '@offtake/core/allocation/commands'
import { type Instant, instant } from '@offtake/core/base/instant'
import { includes } from '@offtake/core/base/span'
import type { Pool } from '@offtake/core/capacity/pool'
import { withUpkeep } from '@offtake/core/capacity/stated-upkeep'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import { type Delivery, deliveriesWithin } from '@offtake/core/simulation/supply'
import { mindsMoney, termsOfPortfolio } from '@offtake/core/simulation/terms-of-portfolio'
import { Problem } from '../problem.ts'

/** Live, machines come and go by their own dates, whatever stretch the portfolio looks at. */
const ALWAYS = { start: instant(0), until: instant(8_640_000_000_000_000) }

/** The machines of a portfolio, each with when it is there. */
export interface Deliveries {
  readonly pools: readonly Pool[]
  readonly all: readonly Delivery[]
}

export function deliveriesOf(portfolio: Portfolio): Deliveries {
  const all = deliveriesWithin({ ...portfolio, horizon: ALWAYS, window: ALWAYS }, NO_SLIPS)
  const pools = new Map(all.map(({ pool }) => [pool.id, withUpkeep(pool, portfolio.fleet.upkeep ?? [])]))
  return { pools: [...pools.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), all }
}

/** What of it is there at a moment. */
export function thereAt({ all }: Deliveries, at: Instant): Delivery[] {
  return all.filter((delivery) => includes(delivery, at))
}

/** When next something comes or goes. */
export function nextChange({ all }: Deliveries, at: Instant): Instant | undefined {
  let next: Instant | undefined
  for (const { start, until } of all)
    for (const edge of [start, until])
      if (edge > at && edge < ALWAYS.until && (next === undefined || edge < next)) next = edge
  return next
}

/** Who asks, with what is its own. */
export function tenantsOf({ tenants, reclaimNoticeMs: noticeMs, order }: Portfolio): Command {
  return { kind: 'setTenants', tenants, noticeMs, ...(order ? { order } : {}) }
}

/** What time costs; nothing where no decision depends on it. */
export function termsOf(portfolio: Portfolio): Command | undefined {
  if (!mindsMoney(portfolio)) return undefined
  const terms = termsOfPortfolio({ ...portfolio, window: portfolio.horizon }, NO_SLIPS)
  if (terms.ok) return { kind: 'setTerms', terms: terms.value }
  const [first] = terms.problems
  const line = `${first?.agreementId}/${first?.lineId}`
  throw new Problem('invalid', `no price is known for ${line}: ${JSON.stringify(first?.because)}`)
}

export function noTerms({ currency }: Portfolio): Command {
  return { kind: 'setTerms', terms: { currency, grants: [], takes: [] } }
}
