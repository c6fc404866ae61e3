import { z } from 'zod'
import { moment } from './page.ts'

/** Nodes, or domains, that follow one another. */
const stretch = z.object({ first: z.int(), count: z.int() })

const place = z.object({
  role: z.string(),
  pool: z.string(),
  accelerators: z.number().describe('in all, shares as fractions'),
  nodes: z.array(stretch),
  domains: z.array(stretch),
})

export type PlaceView = z.output<typeof place>

const ENDS = [
  'finished',
  'failed',
  'cancelled',
  'resized',
  'moved',
  'reclaimed',
  'preempted',
  'nodeFailed',
  'nodesRemoved',
  'outage',
  'drained',
  'forWindow',
  'spotLost',
] as const

/** A stretch of time in which a job held the same places. */
export const stayView = z.object({
  stay: z.int().describe('counted from 0 on; those that a change of size or place divides have the same'),
  start: moment,
  end: moment.nullable().describe('nothing where it still runs there'),
  because: z
    .enum(ENDS)
    .nullable()
    .describe(
      'why it ended: resized and moved go on at once in the next, after the others it waited or was over',
    ),
  lostSeconds: z.number().describe('of its running time, what had not been saved when it ended'),
  places: z.array(place),
})

export type StayView = z.output<typeof stayView>
