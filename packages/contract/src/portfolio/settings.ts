import { MINUTE_MS } from '@offtake/core/base/instant'
import { z } from 'zod'
import { amount } from './amount.ts'
import { date } from './date.ts'
import { duration, positiveDuration } from './duration.ts'
import { expectation } from './expectation.ts'
import { figure } from './figure.ts'
import { words } from './identifier.ts'
import { count } from './number.ts'
import { plainFigure } from './plain-figure.ts'
import type { Reading } from './reading.ts'
import { span } from './span.ts'
import { egress } from './spending.ts'
import { tenant } from './tenant.ts'

const currency = z
  .string({ error: 'must be a currency such as USD' })
  .regex(/^[A-Z]{3}$/, { error: 'must be the three capitals of a currency, such as USD' })

/** `offtake.yaml`. */
export function settingsFile(reading: Reading) {
  const yearly = z.strictObject({
    year: count({ from: 1970, to: 2199 }),
    revenue: figure(amount(reading), reading),
  })
  return z.strictObject({
    name: words.describe('what the portfolio is called'),
    currency: currency.describe('the one currency of all sums'),
    buyer: words
      .exactOptional()
      .describe("the buyer of agreements that name none; the portfolio's name by default"),
    horizon: span.describe('the stretch that obligations, charges and cash are worked out for'),
    window: span.describe('the stretch, within the horizon, that is played gang by gang'),
    asOf: date.describe('the day from which obligations are counted'),
    seed: count({ to: 4_294_967_295 }).default(1).describe('the same seed draws the same work'),
    reclaimNotice: plainFigure(duration)
      .default(30 * MINUTE_MS)
      .describe('how long a borrower keeps what its owner asks back'),
    shareHalfLife: plainFigure(positiveDuration)
      .exactOptional()
      .describe('after so long, what a tenant held counts half beside its weight; 7d by default'),
    priorityAging: plainFigure(positiveDuration)
      .exactOptional()
      .describe('after each such time of waiting, work counts as of one priority more; never by default'),
    tenants: z.array(tenant(reading)).min(1).describe('who asks for capacity'),
    egress: egress(reading),
    revenue: z.array(yearly).default([]).describe('revenue by calendar year'),
    expectations: z.array(expectation(reading)).default([]).describe('arithmetic that a run must reproduce'),
  })
}
