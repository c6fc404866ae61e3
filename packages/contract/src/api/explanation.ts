import { z } from 'zod'
import { moment } from './page.ts'

const facts = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
  .describe('its figures and names, by the words that docs/allocation.md uses; moments as ISO texts')

/** Why a job is not done yet, until when, and what would change that. */
export const explanationView = z.object({
  job: z.string(),
  at: moment.describe('when this was so'),
  state: z.enum(['waiting', 'running', 'ended']),
  sentence: z.string(),
  since: moment.nullable().describe('since when it waits, or runs'),
  until: moment.nullable().describe('when one that runs is expected to end'),
  pools: z
    .array(
      z.object({
        pool: z.string(),
        cause: z.string().describe('one word: noRoom, quota, promised, …'),
        facts,
        sentence: z.string(),
      }),
    )
    .describe('for each pool that one that waits accepts, why it does not start there'),
  eta: z
    .object({
      at: moment,
      from: moment.nullable(),
      until: moment.nullable(),
      promised: z.boolean(),
      sentence: z.string(),
    })
    .nullable()
    .describe('when it is expected to start, and between which moments four starts of five fall'),
  holders: z
    .array(
      z.object({
        job: z.string().nullable().describe('nothing where it is not for you to see'),
        tenant: z.string().nullable(),
        accelerators: z.number(),
        until: moment,
      }),
    )
    .describe('who runs where it will start'),
  offers: z
    .array(z.object({ change: z.string(), facts, sentence: z.string() }))
    .describe('what would start it now: each was tried, and the first takes least away'),
})

export type ExplanationView = z.output<typeof explanationView>
