import type { OutageRate, PlannedOutage } from '@offtake/core/capacity/outage-plan'
import type { OutageScope } from '@offtake/core/capacity/outage-scope'
import { z } from 'zod'
import { date } from './date.ts'
import { duration } from './duration.ts'
import { poolPart, words } from './identifier.ts'
import { count, quantity } from './number.ts'
import { plainFigure } from './plain-figure.ts'

const stated = z.strictObject({
  provider: poolPart.exactOptional().describe('all pools of this provider'),
  region: poolPart.exactOptional().describe("those of the provider's pools that are in this region"),
  pool: words.exactOptional().describe('provider/region/hardware of one pool'),
  hardware: poolPart.exactOptional().describe('all pools of this hardware; at a rate only'),
  domain: count({ to: 10_000_000 })
    .exactOptional()
    .describe('the number of one domain of the pool, from 0 as they came; on known dates only'),
  from: date.exactOptional().describe('when it begins'),
  until: date.exactOptional().describe('when all is back'),
  each: z
    .enum(['provider', 'pool', 'domain'])
    .exactOptional()
    .describe('what goes out at a time, at a rate; all that is named by default'),
  perYear: plainFigure(quantity({ to: 10_000 }))
    .exactOptional()
    .describe('outages in a year of each of those'),
  lasts: plainFigure(duration).exactOptional().describe('how long each lasts'),
  announced: plainFigure(duration)
    .default(0)
    .describe('how long before it is told, so that work can end; without warning by default'),
})

type Stated = z.output<typeof stated>

/** An outage of known dates, or drawn at a rate: each has fields of its own. */
export const plannedOutage = stated.transform((said, context): PlannedOutage => {
  const message = contradictionIn(said)
  const planned = message === undefined ? (datedOf(said) ?? drawnOf(said)) : undefined
  if (planned) return planned
  const params = { code: 'badAlternative' }
  context.issues.push({ code: 'custom', input: said, params, message: message ?? NO_TIME })
  return z.NEVER
})

const NO_TIME = "an outage has dates, 'from' and 'until', or a rate, 'perYear' and 'lasts'"

function contradictionIn(said: Stated): string | undefined {
  const { provider, region, pool, hardware, domain, from, until, each, perYear, lasts } = said
  const named = [provider, pool, hardware].filter((name) => name !== undefined)
  if (named.length !== 1) return "an outage is of a 'provider', a 'pool' or a 'hardware': exactly one of them"
  const hasDates = from !== undefined || until !== undefined
  const hasRate = perYear !== undefined || lasts !== undefined
  if (hasDates === hasRate) return NO_TIME
  if (region !== undefined && (provider === undefined || hasRate))
    return "a 'region' is that of a provider's outage of known dates"
  if (hasDates) return datesContradiction({ domain, pool, hardware, each })
  if (domain !== undefined) return "at a rate any domain may go out: say 'each: domain'"
  const widest = provider === undefined ? 'pool' : 'provider'
  return each === 'provider' && widest === 'pool'
    ? "all of a provider goes out together where a 'provider' is named"
    : undefined
}

function datesContradiction({
  domain,
  pool,
  hardware,
  each,
}: {
  readonly domain: number | undefined
  readonly pool: string | undefined
  readonly hardware: string | undefined
  readonly each: string | undefined
}): string | undefined {
  if (hardware !== undefined) return 'an outage of known dates is of a provider, a pool or a domain of a pool'
  if (domain !== undefined && pool === undefined) return "a 'domain' is one of a 'pool'"
  return each === undefined ? undefined : "'each' is for outages at a rate"
}

function datedOf({
  provider,
  region,
  pool = '',
  domain,
  from,
  until,
  announced,
}: Stated): PlannedOutage | undefined {
  if (from === undefined || until === undefined) return undefined
  return { kind: 'dated', of: scopeOf(), start: from, until, announcedMs: announced }

  function scopeOf(): OutageScope {
    if (provider !== undefined)
      return { kind: 'provider', provider, ...(region === undefined ? {} : { region }) }
    return domain === undefined ? { kind: 'pool', poolId: pool } : { kind: 'domain', poolId: pool, domain }
  }
}

function drawnOf({
  provider,
  pool,
  hardware,
  each,
  perYear,
  lasts,
  announced,
}: Stated): OutageRate | undefined {
  if (perYear === undefined || lasts === undefined) return undefined
  return {
    kind: 'drawn',
    ...(provider === undefined ? {} : { provider }),
    ...(pool === undefined ? {} : { pool }),
    ...(hardware === undefined ? {} : { hardware }),
    each: each ?? (provider === undefined ? 'pool' : 'provider'),
    perYear,
    lastsMs: lasts,
    announcedMs: announced,
  }
}
