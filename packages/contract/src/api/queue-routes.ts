import { z } from 'zod'
import { moment } from './page.ts'
import { READERS } from './role.ts'
import { route } from './route.ts'

const crowd = {
  jobs: z.int(),
  accelerators: z.number().describe('that they ask for, at their smallest sizes'),
}

const queueView = z.object({
  at: moment,
  ...crowd,
  oldest: z
    .object({ job: z.string(), since: moment })
    .nullable()
    .describe('the one that was submitted first of those that wait'),
  byCause: z
    .array(z.object({ cause: z.string(), ...crowd }))
    .describe(
      'why they wait, in the words of explanations: in the pool that each likes best, as of the first of its kind',
    ),
  byHardware: z
    .array(z.object({ hardware: z.string(), ...crowd }))
    .describe('by what each likes best; a job of several roles may be under several'),
  byTenant: z.array(z.object({ tenant: z.string(), ...crowd })),
  started: z
    .object({
      since: moment,
      jobs: z.int(),
      medianSeconds: z.number(),
      p90Seconds: z.number(),
      longestSeconds: z.number(),
    })
    .nullable()
    .describe('how long those waited that first started within the last 24 hours; nothing where none did'),
})

export type QueueView = z.output<typeof queueView>

export const showQueue = route({
  id: 'showQueue',
  method: 'GET',
  path: '/v1/queue',
  about:
    'How many jobs wait, why, for what and since when, and how long those waited that have started. A tenant is told of its own.',
  may: [...READERS, 'tenant'],
  answer: queueView,
})
