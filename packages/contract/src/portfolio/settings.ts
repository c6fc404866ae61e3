import { z } from 'zod'
import { amount } from './amount.ts'
import { date } from './date.ts'
import { duration } from './duration.ts'
import { expectation } from './expectation.ts'
import { figure } from './figure.ts'
import { words } from './identifier.ts'
import { count } from './number.ts'
import type { Reading } from './reading.ts'
import { span } from './span.ts'
import { tenant } from './tenant.ts'

const HALF_HOUR_MS = 1_800_000

/** `offtake.yaml`. */
export function settingsFile(reading: Reading) {
  return z.strictObject({
    name: words(),
    currency: z
      .string({ error: 'must be a currency such as USD' })
      .regex(/^[A-Z]{3}$/, { error: 'must be the three capitals of a currency, such as USD' }),
    buyer: words().exactOptional(),
    horizon: span(),
    window: span(),
    asOf: date(),
    seed: count({ to: 4_294_967_295 }).default(1),
    reclaimNotice: duration().default(HALF_HOUR_MS),
    tenants: z.array(tenant()).min(1),
    revenue: z
      .array(
        z.strictObject({
          year: count({ from: 1970, to: 2199 }),
          revenue: figure(amount(reading), reading),
        }),
      )
      .default([]),
    expectations: z.array(expectation(reading)).default([]),
  })
}
