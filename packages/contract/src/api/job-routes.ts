import { z } from 'zod'
import { date } from '../portfolio/date.ts'
import { identifier } from '../portfolio/identifier.ts'
import { explanationView } from './explanation.ts'
import { jobRequest } from './job.ts'
import { moment, pageOf, pageQuery } from './page.ts'
import { OPERATORS_AND_TENANTS, READERS } from './role.ts'
import { route } from './route.ts'
import { stayView } from './stay.ts'

const JOB_STATES = ['waiting', 'running', 'finished', 'cancelled', 'failed'] as const

/** A job as it is now. */
const jobView = z.object({
  id: z.string(),
  name: z.string(),
  tenant: z.string(),
  state: z.enum(JOB_STATES),
  priority: z.int(),
  accelerators: z.int(),
  submittedAt: moment,
  startedAt: moment.nullable(),
  endedAt: moment.nullable(),
  evictions: z.int().describe('how often it had to stop and wait again'),
  pool: z.string().nullable().describe('where it runs'),
  exitCode: z.int().nullable().describe('of what really ran, once it has ended by itself'),
  simulated: z.boolean().describe('whether the pool where it runs is a simulated one'),
})

export type JobView = z.output<typeof jobView>

/** Replicas of services, and what a replay submits, have names with slashes; in a path those are sent as %2F. */
const jobParams = z.strictObject({ id: z.string().min(1).max(500) })

export const submitJob = route({
  id: 'submitJob',
  method: 'POST',
  path: '/v1/jobs',
  about: 'Asks for a job to be run. Answers when that is durable.',
  may: OPERATORS_AND_TENANTS,
  body: jobRequest,
  answer: jobView,
  status: 201,
})

export const listJobs = route({
  id: 'listJobs',
  method: 'GET',
  path: '/v1/jobs',
  about: 'Jobs, the latest first, page by page.',
  may: [...READERS, 'tenant'],
  query: z.strictObject({
    ...pageQuery,
    tenant: identifier.exactOptional(),
    state: z
      .enum([...JOB_STATES, 'ended'])
      .exactOptional()
      .describe('ended: finished, cancelled or failed'),
    pool: z.string().max(1_000).exactOptional().describe('where it runs, or ran last'),
    name: z.string().min(1).max(200).exactOptional().describe('how its name begins'),
    after: date.exactOptional().describe('submitted then or later'),
    before: date.exactOptional().describe('submitted before then'),
  }),
  answer: pageOf(jobView),
})

export const showJob = route({
  id: 'showJob',
  method: 'GET',
  path: '/v1/jobs/{id}',
  about: 'One job.',
  may: [...READERS, 'tenant'],
  params: jobParams,
  answer: jobView,
})

export const cancelJob = route({
  id: 'cancelJob',
  method: 'POST',
  path: '/v1/jobs/{id}/cancel',
  about: 'Stops a job, whether it waits or runs.',
  may: OPERATORS_AND_TENANTS,
  params: jobParams,
  answer: jobView,
})

export const explainJob = route({
  id: 'explainJob',
  method: 'GET',
  path: '/v1/jobs/{id}/explanation',
  about: 'Why a job waits, when it will start, who holds its place, and what would start it now.',
  may: [...READERS, 'tenant'],
  params: jobParams,
  answer: explanationView,
})

export const listStays = route({
  id: 'listStays',
  method: 'GET',
  path: '/v1/jobs/{id}/stays',
  about: 'Where a job ran from when until when, and why each stay ended, in order of time: its time line.',
  may: [...READERS, 'tenant'],
  params: jobParams,
  query: z.strictObject(pageQuery),
  answer: pageOf(stayView).extend({
    job: z.string(),
    tenant: z.string(),
    state: z.enum(JOB_STATES),
    submittedAt: moment,
    endedAt: moment.nullable(),
  }),
})

export const readLog = route({
  id: 'readLog',
  method: 'GET',
  path: '/v1/jobs/{id}/logs',
  about: 'What a job’s process has said; with follow=true as it says it, until the job has ended.',
  may: [...READERS, 'tenant'],
  params: jobParams,
  query: z.strictObject({
    follow: z.enum(['true', 'false']).default('false'),
    stay: z.coerce
      .number()
      .int()
      .min(0)
      .exactOptional()
      .describe('of which of its stays, from 0 on; of the latest by default'),
  }),
  answer: z.string(),
  media: 'text/plain',
})
