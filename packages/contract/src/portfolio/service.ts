import { WHOLE } from '@offtake/core/base/quantity'
import type { DemandSeries, Replica, Service } from '@offtake/core/demand/service'
import { z } from 'zod'
import { accelerators } from './accelerators.ts'
import { date } from './date.ts'
import { accepts, within } from './demand-parts.ts'
import { duration } from './duration.ts'
import { identifier } from './identifier.ts'
import { count, quantity } from './number.ts'
import { plainFigure } from './plain-figure.ts'
import { priority } from './priority.ts'
import { growth, share } from './share-text.ts'

/** Inference that follows demand. */
export function service(): z.ZodType<Service> {
  return z.strictObject({
    id: identifier(),
    tenant: identifier(),
    priority: priority(),
    replica: replica(),
    demand: demand(),
  })
}

function replica() {
  return z
    .strictObject({
      members: count({ from: 1, to: 1_000_000 }).default(1),
      acceleratorsPerMember: plainFigure(accelerators()),
      accepts: accepts(),
      within: within(),
      warmUp: plainFigure(duration()).default(0),
      drain: plainFigure(duration()).default(0),
    })
    .transform(({ warmUp, drain, ...rest }): Replica => ({ ...rest, warmUpMs: warmUp, drainMs: drain }))
}

const MOST_REPLICAS = 10_000_000
const HOUR_MS = 3_600_000

function demand(): z.ZodType<DemandSeries> {
  const replicas = count({ to: MOST_REPLICAS })
  const fraction = share().transform((part) => part / WHOLE)
  const daily = z
    .strictObject({
      kind: z.literal('daily'),
      mean: plainFigure(quantity({ to: MOST_REPLICAS })),
      from: date(),
      amplitude: plainFigure(fraction).default(0),
      peakHour: quantity({ to: 24 }).default(12),
      weekend: plainFigure(quantity({ to: 100 })).default(1),
      growthPerYear: plainFigure(growth()).default(0),
      every: duration().default(HOUR_MS),
    })
    .transform(({ every, ...rest }) => ({ ...rest, everyMs: every }))
  return z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('steps'),
      steps: z.array(z.strictObject({ at: date(), replicas: plainFigure(replicas) })).min(1),
    }),
    daily,
  ])
}
