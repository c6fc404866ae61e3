import { z } from 'zod'
import { date } from '../portfolio/date.ts'
import { identifier } from '../portfolio/identifier.ts'
import { moment, pageOf, pageQuery } from './page.ts'
import { READERS } from './role.ts'
import { route } from './route.ts'

const usageRow = z.object({
  start: moment.describe('of the hour, the day, the month or the whole stretch, UTC'),
  tenant: z.string(),
  pool: z.string(),
  hours: z.number().describe('accelerator-hours, shares as fractions'),
})

export type UsageRow = z.output<typeof usageRow>

/** Charts draw a row for each hour, pool and tenant, so that a page holds more than those of lists. */
const MOST_ROWS = 10_000

export const showUsage = route({
  id: 'showUsage',
  method: 'GET',
  path: '/v1/usage',
  about: 'Accelerator-hours that tenants held of pools. Gangs that run count up to now.',
  may: [...READERS, 'tenant'],
  query: z.strictObject({
    cursor: pageQuery.cursor,
    limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(50),
    tenant: identifier.exactOptional(),
    pool: z.string().max(1_000).exactOptional(),
    from: date
      .exactOptional()
      .describe('from then on; the first of this month by default, and a week before the end by the hour'),
    until: date.exactOptional().describe('before then; now by default'),
    by: z
      .enum(['hour', 'day', 'month', 'total'])
      .default('day')
      .describe('by the hour, at most 31 days are told at once'),
  }),
  answer: pageOf(usageRow),
})

export const chargeBasis = z.enum(['agreed', 'measured', 'forecast', 'assumed'])

export const metered = z
  .object({ start: moment, until: moment })
  .nullable()
  .describe('the part of the time in which use was metered; the rest is supposed, and its basis says so')

export const missing = z.array(z.string()).describe('what the sums lack, in words')

const chargeRow = z.object({
  agreement: z.string(),
  provider: z.string(),
  line: z.string().nullable(),
  pool: z.string().nullable(),
  kind: z.string(),
  start: moment,
  until: moment,
  usedHours: z.number().nullable(),
  amount: z.string().describe('exact, in whole units of the currency'),
  owedAnyway: z.string().describe('of it, what is owed whatever is used'),
  basis: chargeBasis,
})

export type ChargeRow = z.output<typeof chargeRow>

export const showCharges = route({
  id: 'showCharges',
  method: 'GET',
  path: '/v1/charges',
  about: 'What the agreements charge for a month, by what was used live as far as it was metered.',
  may: ['finance', 'planner', 'approver'],
  query: z.strictObject({
    month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: 'must be a month such as 2026-11' }),
  }),
  answer: z.object({
    month: z.string(),
    currency: z.string(),
    metered,
    missing,
    total: z.string(),
    items: z.array(chargeRow),
  }),
})

const monthlyRow = z.object({
  month: z.string(),
  key: z.string().describe('the provider, the agreement, the kind of charge or what it rests on'),
  amount: z.string().describe('exact, in whole units of the currency'),
  basis: chargeBasis.describe('of the least sure part'),
})

export type MonthlyCharge = z.output<typeof monthlyRow>

export const listMonthlyCharges = route({
  id: 'listMonthlyCharges',
  method: 'GET',
  path: '/v1/charges/by-month',
  about:
    'What the agreements charge in each month of the horizon, by one property. Of the basis, what is owed whatever is used counts as agreed.',
  may: ['finance', 'planner', 'approver'],
  query: z.strictObject({ by: z.enum(['provider', 'agreement', 'kind', 'basis']).default('provider') }),
  answer: z.object({
    at: moment.describe('when this was so'),
    currency: z.string(),
    metered,
    missing,
    total: z.string(),
    items: z.array(monthlyRow),
  }),
})
