import type { Service } from '@offtake/core/demand/service'
import { z } from 'zod'
import { identifier } from '../portfolio/identifier.ts'
import { count } from '../portfolio/number.ts'
import { priority } from '../portfolio/priority.ts'
import { demand, replica } from '../portfolio/service.ts'
import { spread } from '../portfolio/spread.ts'
import { moment } from './page.ts'

const MOST_REPLICAS = 100_000
const MOST_ARGUMENTS = 1_000

export const replicaCount = count({ to: MOST_REPLICAS })

/** A service as it is to be: a fixed number of replicas, or as many as a series says. */
export const serviceRequest = z
  .strictObject({
    tenant: identifier,
    priority,
    replica,
    replicas: replicaCount.exactOptional().describe('so many, until it is scaled'),
    demand: demand.exactOptional().describe('instead: as many as it says, as time goes on'),
    spread: spread.exactOptional().describe('how its replicas are kept apart'),
    command: z
      .array(z.string().max(100_000))
      .min(1)
      .max(MOST_ARGUMENTS)
      .exactOptional()
      .describe('of each replica, for a pool that runs processes'),
  })
  .refine((said) => (said.replicas === undefined) !== (said.demand === undefined), {
    error: 'a service says either replicas or demand',
    path: ['replicas'],
  })

export type ServiceRequest = z.output<typeof serviceRequest>

export const serviceView = z.object({
  id: z.string(),
  tenant: z.string(),
  source: z.enum(['api', 'portfolio']).describe('where it is stated, and so where it is changed'),
  follows: z.enum(['number', 'demand']),
  wanted: z.int().describe('replicas, at this moment'),
  running: z.int(),
  waiting: z.int(),
  draining: z
    .int()
    .describe('those that will be stopped, because fewer are wanted or others take their place'),
  accelerators: z.number().describe('of one replica'),
})

export type ServiceView = z.output<typeof serviceView>

const steps = z
  .array(z.object({ at: moment, replicas: z.int() }))
  .describe('from each moment on until the next')

/** What was wanted of a service and what ran. */
export const serviceHistory = z.object({
  id: z.string(),
  from: moment,
  until: moment,
  accelerators: z.number().describe('of one replica'),
  wanted: steps.describe(
    'as it is stated now, also for times to come; of a service that was applied, from its last change on',
  ),
  running: steps.describe('up to now'),
})

export type ServiceHistory = z.output<typeof serviceHistory>

/** What the core knows as a service; a fixed number is a series of one step. */
export function serviceOf(
  id: string,
  { tenant, priority, replica, replicas, demand, spread }: ServiceRequest,
): Service {
  return {
    id,
    tenant,
    priority,
    replica,
    demand: demand ?? { kind: 'steps', steps: [{ at: 0 as never, replicas: replicas ?? 0 }] },
    ...(spread ? { spread } : {}),
  }
}
