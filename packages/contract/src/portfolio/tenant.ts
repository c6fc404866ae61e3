import type { Tenant } from '@offtake/core/demand/tenant'
import { z } from 'zod'
import { accelerators } from './accelerators.ts'
import { identifier, words } from './identifier.ts'
import { quantity } from './number.ts'
import { plainFigure } from './plain-figure.ts'
import type { Reading } from './reading.ts'
import { budget } from './spending.ts'

const quota = z.strictObject({
  pool: words.describe("provider/region/hardware of a pool, or '*' for all pools together"),
  accelerators: plainFigure(accelerators),
})

/** Who asks, with what is its own. */
export function tenant(reading: Reading) {
  return z
    .strictObject({
      id: identifier,
      name: words.exactOptional().describe('what people call it; its id by default'),
      parent: identifier.exactOptional().describe('the tenant above it'),
      quotas: z.array(quota).default([]).describe('what is its own; what it leaves idle may be lent'),
      borrowLimit: plainFigure(accelerators)
        .exactOptional()
        .describe('the most it may hold beyond its own; no limit by default'),
      weight: plainFigure(quantity({ from: 0.001, to: 1_000_000 }))
        .exactOptional()
        .describe('its share beside others below the same tenant; 1 where others state one'),
      budget: budget(reading),
    })
    .transform(({ name, ...rest }): Tenant => ({ ...rest, name: name ?? rest.id }))
}
