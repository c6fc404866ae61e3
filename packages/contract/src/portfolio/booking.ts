import { type Booking, MOST_TIMES } from '@offtake/core/demand/booking'
import { z } from 'zod'
import { accelerators } from './accelerators.ts'
import { choice, yesOrNo } from './choice.ts'
import { date } from './date.ts'
import { within } from './demand-parts.ts'
import { duration } from './duration.ts'
import { identifier, poolPart, words } from './identifier.ts'
import { count } from './number.ts'
import { plainFigure } from './plain-figure.ts'

/** A part of the fleet that a tenant books for a time to come. */
export const booking = z
  .strictObject({
    id: identifier.describe('what workloads call it'),
    tenant: identifier,
    members: plainFigure(count({ from: 1, to: 1_000_000 })).describe('room for so many members'),
    acceleratorsPerMember: plainFigure(accelerators).describe('accelerators of one member, all on one node'),
    accepts: z.array(poolPart).describe('hardware that will do, in the order of its liking'),
    pool: words.exactOptional().describe('the one pool in which it may lie: provider/region/hardware'),
    within,
    start: date.describe("when it is the tenant's for the first time"),
    until: date,
    every: plainFigure(duration)
      .exactOptional()
      .describe('how often it comes back; it is booked once by default'),
    times: plainFigure(count({ from: 1, to: MOST_TIMES }))
      .exactOptional()
      .describe('how often in all, where it comes back; as long as is played by default'),
    for: choice(['tenant', 'named'])
      .default('tenant')
      .describe('any gang of the tenant and those below it, or only workloads that name the window'),
    lends: yesOrNo.default(false).describe('whether others may use meanwhile what its gangs leave free'),
  })
  .check((context) => {
    const { every, times } = context.value
    if (times === undefined || every !== undefined) return
    const message = "'times' says how often it comes back, and no 'every' says when"
    const params = { code: 'badAlternative' }
    context.issues.push({ code: 'custom', input: context.value, path: ['times'], params, message })
  })
  .transform(
    ({ every, times = Number.POSITIVE_INFINITY, for: isFor, ...rest }): Booking => ({
      ...rest,
      isFor,
      ...(every === undefined ? {} : { repeat: { everyMs: every, times } }),
    }),
  )
