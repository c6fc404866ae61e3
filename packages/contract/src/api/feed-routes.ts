import { z } from 'zod'
import { READERS } from './role.ts'
import { route } from './route.ts'

/** What happens, as it becomes durable. */
export const followEvents = route({
  id: 'followEvents',
  method: 'GET',
  path: '/v1/events',
  about: 'Follows what happens, as server-sent events. Last-Event-ID resumes.',
  may: [...READERS, 'tenant'],
  query: z.strictObject({
    after: z.coerce
      .number()
      .int()
      .min(0)
      .exactOptional()
      .describe('from which entry of the journal on; only what is new by default'),
  }),
  answer: z.unknown(),
  media: 'text/event-stream',
})

/** For what watches the process. */
export const health = route({
  id: 'health',
  method: 'GET',
  path: '/healthz',
  about: 'Whether the process lives.',
  may: 'anybody',
  answer: z.object({ status: z.string() }),
})

export const readiness = route({
  id: 'readiness',
  method: 'GET',
  path: '/readyz',
  about: 'Whether orders are taken in: an engine leads and the database answers.',
  may: 'anybody',
  answer: z.object({ status: z.string(), leads: z.boolean(), seq: z.int() }),
})

export const showMetrics = route({
  id: 'showMetrics',
  method: 'GET',
  path: '/metrics',
  about: 'What happens here in numbers, for Prometheus.',
  may: READERS,
  answer: z.string(),
  media: 'text/plain',
})
