import { z } from 'zod'
import { date } from '../portfolio/date.ts'
import { identifier } from '../portfolio/identifier.ts'
import { moment, pageOf, pageQuery } from './page.ts'
import { READERS } from './role.ts'
import { route } from './route.ts'

const usageRow = z.object({
  start: moment.describe('of the day, the month or the whole stretch, UTC'),
  tenant: z.string(),
  pool: z.string(),
  hours: z.number().describe('accelerator-hours, shares as fractions'),
})

export type UsageRow = z.output<typeof usageRow>

export const showUsage = route({
  id: 'showUsage',
  method: 'GET',
  path: '/v1/usage',
  about: 'Accelerator-hours that tenants held of pools. Gangs that run count up to now.',
  may: [...READERS, 'tenant'],
  query: z.strictObject({
    ...pageQuery,
    tenant: identifier.exactOptional(),
    pool: z.string().max(1_000).exactOptional(),
    from: date.exactOptional().describe('from then on; the first of this month by default'),
    until: date.exactOptional().describe('before then; now by default'),
    by: z.enum(['day', 'month', 'total']).default('day'),
  }),
  answer: pageOf(usageRow),
})

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
  basis: z.enum(['agreed', 'measured', 'forecast', 'assumed']),
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
    metered: z
      .object({ start: moment, until: moment })
      .nullable()
      .describe(
        'the part of the month in which use was metered; the rest is supposed, and its basis says so',
      ),
    missing: z.array(z.string()).describe('what the sums lack, in words'),
    total: z.string(),
    items: z.array(chargeRow),
  }),
})
