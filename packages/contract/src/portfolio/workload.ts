import type { Workload, WorkloadProfile } from '@offtake/core/demand/workload'
import { z } from 'zod'
import { yesOrNo } from './choice.ts'
import { accepts, within } from './demand-parts.ts'
import { duration } from './duration.ts'
import { identifier } from './identifier.ts'
import { quantity } from './number.ts'
import { plainFigure } from './plain-figure.ts'
import { priority } from './priority.ts'
import { profile } from './profile.ts'
import type { Reading } from './reading.ts'
import { growth } from './share-text.ts'
import { span } from './span.ts'

/** A workload whose profile may still be a name. */
export type NamedWorkload = Omit<Workload, 'profile'> & { readonly profile: WorkloadProfile | string }

/** Jobs drawn from a seed. */
export function workload(reading: Reading) {
  return z
    .strictObject({
      id: identifier(),
      tenant: identifier(),
      priority: priority(),
      profile: z.union([identifier(), profile(reading)]),
      jobsPerDay: plainFigure(quantity({ to: 10_000_000 })),
      sizeScale: plainFigure(quantity({ from: 0.001, to: 100_000 })).default(1),
      growthPerYear: plainFigure(growth()).default(0),
      active: span().exactOptional(),
      accepts: accepts(),
      within: within(),
      checkpoint: plainFigure(duration()).exactOptional(),
      restart: plainFigure(duration()).default(0),
      reclaimable: yesOrNo().default(true),
      statesLimit: yesOrNo().default(false),
    })
    .transform(
      ({ checkpoint, restart, ...rest }): NamedWorkload => ({
        ...rest,
        ...(checkpoint === undefined ? {} : { checkpointMs: checkpoint }),
        restartMs: restart,
      }),
    )
}
