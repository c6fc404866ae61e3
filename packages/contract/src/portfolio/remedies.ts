import type { LateDeliveryRemedy, SlaCredit } from '@offtake/core/agreements/agreement'
import { z } from 'zod'
import { figure } from './figure.ts'
import { count } from './number.ts'
import { plainFigure } from './plain-figure.ts'
import type { Reading } from './reading.ts'
import { share } from './share-text.ts'

/** What the buyer gets where a tranche comes late. */
export function lateDelivery(reading: Reading): z.ZodType<LateDeliveryRemedy> {
  return z.strictObject({
    graceDays: plainFigure(count({ to: 3650 })).describe('days of lateness without consequence'),
    creditPerWeek: figure(share, reading).describe("per started week, of the late tranche's weekly price"),
    creditCap: figure(share, reading)
      .exactOptional()
      .describe("the most of the late tranche's price for its whole lateness"),
    terminateAfterLateTranches: plainFigure(count({ from: 1 }))
      .exactOptional()
      .describe('after so many late tranches the buyer may end the agreement'),
  })
}

/** What the buyer gets where a month's availability is below a mark. */
export const slaCredit: z.ZodType<SlaCredit> = z.strictObject({
  availabilityBelow: plainFigure(share).describe("the month's availability below which it is due"),
  credit: plainFigure(share).describe("the part of the month's charge that is credited"),
})
