import type { Workload, WorkloadProfile } from '@offtake/core/demand/workload'
import { z } from 'zod'
import { choice, yesOrNo } from './choice.ts'
import { accepts, within } from './demand-parts.ts'
import { duration, positiveDuration } from './duration.ts'
import { elasticWorkers } from './elastic-workers.ts'
import { furtherRole } from './further-role.ts'
import { identifier } from './identifier.ts'
import { levels } from './levels.ts'
import { acceleratorMilli, cpuCores, memoryMiB } from './node-parts.ts'
import { quantity } from './number.ts'
import { plainFigure } from './plain-figure.ts'
import { priority } from './priority.ts'
import { profile } from './profile.ts'
import type { Reading } from './reading.ts'
import { growth } from './share-text.ts'
import { span } from './span.ts'
import { budget, spending } from './spending.ts'
import { spread } from './spread.ts'

/** A workload whose profile may still be a name. */
export type NamedWorkload = Omit<Workload, 'profile'> & { readonly profile: WorkloadProfile | string }

/** Jobs drawn from a seed. */
export function workload(reading: Reading) {
  return z
    .strictObject({
      id: identifier,
      tenant: identifier,
      priority,
      profile: z
        .union([identifier, profile(reading)])
        .describe('a measured profile by name, such as philly-2017, or tables of your own'),
      jobsPerDay: plainFigure(quantity({ to: 10_000_000 })).describe('the mean over a week'),
      sizeScale: plainFigure(quantity({ from: 0.001, to: 100_000 }))
        .default(1)
        .describe("multiplies the profile's sizes"),
      growthPerYear: plainFigure(growth).default(0).describe('growth of arrivals per year: 100% doubles'),
      levels: levels.exactOptional(),
      active: span.exactOptional().describe('when it asks at all; always by default'),
      accepts,
      within,
      acceleratorMilliPerMember: acceleratorMilli
        .exactOptional()
        .describe('jobs of one accelerator take this share of one instead, in thousandths'),
      cpuCoresPerAccelerator: cpuCores
        .exactOptional()
        .describe('cores that members take of their node for each accelerator, where nodes state them'),
      memoryMiBPerAccelerator: memoryMiB
        .exactOptional()
        .describe('memory that members take of their node for each accelerator, where nodes state it'),
      checkpoint: plainFigure(positiveDuration)
        .exactOptional()
        .describe('how often it saves its work; it saves nothing by default'),
      restart: plainFigure(duration).default(0).describe('how long it takes to load its last save'),
      reclaimable: yesOrNo.default(true).describe('whether it may be made to give back what it borrowed'),
      spread: spread
        .exactOptional()
        .describe('how its gangs are kept apart; they may sit anywhere by default'),
      spending: spending(reading),
      budget: budget(reading),
      window: identifier
        .exactOptional()
        .describe('the booked window in which alone its gangs run, as long as that is to come'),
      movable: choice(['pool', 'provider', 'any'])
        .exactOptional()
        .describe('how far its gangs may be moved while they run, at the cost of a restart; not by default'),
      elastic: elasticWorkers.exactOptional().describe('where its gangs may run with fewer workers, or more'),
      roles: z
        .array(furtherRole)
        .exactOptional()
        .describe('what starts together with the workers of each gang'),
      statesLimit: yesOrNo.default(false).describe('whether its gangs state how long they run at most'),
    })
    .transform(
      ({ checkpoint, restart, ...rest }): NamedWorkload => ({
        ...rest,
        ...(checkpoint === undefined ? {} : { checkpointMs: checkpoint }),
        restartMs: restart,
      }),
    )
}
