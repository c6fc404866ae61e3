import type { Tenant } from '@offtake/core/demand/tenant'
import { z } from 'zod'
import { accelerators } from './accelerators.ts'
import { identifier, words } from './identifier.ts'
import { plainFigure } from './plain-figure.ts'

/** Who asks, with what is its own. */
export function tenant() {
  return z
    .strictObject({
      id: identifier(),
      name: words().exactOptional(),
      parent: identifier().exactOptional(),
      quotas: z
        .array(z.strictObject({ pool: words(), accelerators: plainFigure(accelerators()) }))
        .default([]),
      borrowLimit: plainFigure(accelerators()).exactOptional(),
    })
    .transform(({ name, ...rest }): Tenant => ({ ...rest, name: name ?? rest.id }))
}
