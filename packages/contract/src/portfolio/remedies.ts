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
    graceDays: plainFigure(count({ to: 3650 })),
    creditPerWeek: figure(share(), reading),
    creditCap: figure(share(), reading).exactOptional(),
    terminateAfterLateTranches: plainFigure(count({ from: 1 })).exactOptional(),
  })
}

/** What the buyer gets where a month's availability is below a mark. */
export function slaCredit(): z.ZodType<SlaCredit> {
  return z.strictObject({ availabilityBelow: share(), credit: share() })
}
