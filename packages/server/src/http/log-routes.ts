import { Readable } from 'node:stream'
import { readLog } from '@offtake/contract/api/job-routes'
import type { Reading } from '../access/reading.ts'
import type { Seat } from '../engine/seat.ts'
import { requireJob } from '../jobs/require-job.ts'
import { findLog, follow, readWhole } from '../jobs/run-log.ts'
import { Problem } from '../problem.ts'
import { type Endpoint, endpoint } from './endpoint.ts'

const HEADERS = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' }

export interface LogStreams {
  readonly endpoints: readonly Endpoint[]
  /** Ends those that are being followed. */
  readonly close: () => void
}

/** `GET /v1/jobs/ID/logs`: what real processes have said. */
export function logRoutes(seat: Seat, reading: Reading): LogStreams {
  const followed = new Set<AbortController>()
  const endpoints = [
    endpoint(readLog, async ({ params: { id }, query, actor, raw: { request, reply } }) => {
      const { evictions } = await reading.as(actor, (db) => requireJob(db, id))
      const log = await findLog(seat.adapters, id, evictions, query.stay)
      if (!log) throw new Problem('notFound', `'${id}' has no log: nothing real has run`)
      if (query.follow === 'false') {
        reply.headers(HEADERS).send(Readable.from(readWhole(log)))
        return undefined
      }
      const stop = new AbortController()
      followed.add(stop)
      // A process may be silent for as long as it likes.
      request.raw.socket.setTimeout(0)
      reply.raw.once('close', () => {
        followed.delete(stop)
        stop.abort()
      })
      reply.hijack()
      // Told at once that there is something to follow; a connection that stayed open after it would keep the server from closing.
      reply.raw.writeHead(200, { ...HEADERS, connection: 'close' }).flushHeaders()
      Readable.from(follow(seat, id, log, stop.signal))
        .on('error', () => reply.raw.destroy())
        .pipe(reply.raw)
      return undefined
    }),
  ]
  return {
    endpoints,
    close: () => {
      for (const stop of followed) stop.abort()
    },
  }
}
