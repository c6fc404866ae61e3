import { HOUR_MS, MINUTE_MS } from '@offtake/core/base/instant'
import { WHOLE } from '@offtake/core/base/quantity'
import type { DemandSeries, Replica, Service } from '@offtake/core/demand/service'
import { z } from 'zod'
import { accelerators } from './accelerators.ts'
import { date } from './date.ts'
import { accepts, within } from './demand-parts.ts'
import { duration } from './duration.ts'
import { identifier } from './identifier.ts'
import { levels } from './levels.ts'
import { acceleratorMilli, cpuCores, memoryMiB } from './node-parts.ts'
import { count, quantity } from './number.ts'
import { plainFigure } from './plain-figure.ts'
import { priority } from './priority.ts'
import type { Reading } from './reading.ts'
import { growth, share } from './share-text.ts'
import { budget, spending } from './spending.ts'
import { spread } from './spread.ts'

const MOST_REPLICAS = 10_000_000

export const replica = z
  .strictObject({
    members: plainFigure(count({ from: 1, to: 1_000_000 }))
      .default(1)
      .describe('members that start together'),
    acceleratorsPerMember: plainFigure(accelerators)
      .exactOptional()
      .describe('accelerators of one member, all on one node'),
    acceleratorMilliPerMember: acceleratorMilli
      .exactOptional()
      .describe('instead: a share of one accelerator, in thousandths'),
    cpuCoresPerMember: cpuCores.exactOptional().describe('cores of its node, where that states them'),
    memoryMiBPerMember: memoryMiB.exactOptional().describe('memory of its node, where that states it'),
    accepts,
    within,
    warmUp: plainFigure(duration).default(0).describe('from placement until it serves'),
    drain: plainFigure(duration).default(0).describe('from the wish to stop until its accelerators are free'),
  })
  .check((context) => {
    const { acceleratorsPerMember, acceleratorMilliPerMember } = context.value
    if ((acceleratorsPerMember === undefined) !== (acceleratorMilliPerMember === undefined)) return
    const message =
      "a member has 'acceleratorsPerMember', or a share of one by 'acceleratorMilliPerMember': exactly one of them"
    context.issues.push({ code: 'custom', input: context.value, params: { code: 'badAlternative' }, message })
  })
  .transform(
    ({ warmUp, drain, acceleratorsPerMember = 0, ...rest }): Replica => ({
      ...rest,
      acceleratorsPerMember,
      warmUpMs: warmUp,
      drainMs: drain,
    }),
  )

const steps = z.strictObject({
  kind: z.literal('steps'),
  steps: z
    .array(
      z.strictObject({
        at: date,
        replicas: plainFigure(count({ to: MOST_REPLICAS })).describe('replicas wanted from then on'),
      }),
    )
    .min(1),
})

const atLeastAMinute = duration.refine((ms) => ms >= MINUTE_MS, {
  error: 'must be at least a minute',
  params: { code: 'numberOutOfRange' },
})

const every = plainFigure(atLeastAMinute)
  .default(HOUR_MS)
  .describe('how often the number of replicas is set anew')

const daily = z
  .strictObject({
    kind: z.literal('daily'),
    mean: plainFigure(quantity({ to: MOST_REPLICAS })).describe(
      'mean replicas on the day from which it counts',
    ),
    from: date,
    amplitude: plainFigure(share.transform((part) => part / WHOLE))
      .default(0)
      .describe('how far the daily peak is above the mean'),
    peakHour: plainFigure(quantity({ to: 24 }))
      .default(12)
      .describe('hour of the day (UTC) of the peak'),
    weekend: plainFigure(quantity({ to: 100 }))
      .default(1)
      .describe('Saturday and Sunday relative to the other days'),
    growthPerYear: plainFigure(growth).default(0).describe('growth per year, compounded: 100% doubles'),
    levels: levels.exactOptional(),
    every,
  })
  .transform(({ every: everyMs, ...rest }) => ({ ...rest, everyMs }))

export const demand: z.ZodType<DemandSeries> = z.discriminatedUnion('kind', [steps, daily])

/** Inference that follows demand. */
export function service(reading: Reading): z.ZodType<Service> {
  return z.strictObject({
    id: identifier,
    tenant: identifier,
    priority,
    replica,
    demand,
    spread: spread
      .exactOptional()
      .describe('how its replicas are kept apart; they may sit anywhere by default'),
    spending: spending(reading),
    budget: budget(reading),
  })
}
