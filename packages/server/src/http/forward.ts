import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Elsewhere } from '../engine/seat.ts'
import { Problem } from '../problem.ts'

/** Marks what was forwarded, so that it goes no further. */
const FORWARDED = 'offtake-forwarded'
const PASSED_ON = [
  'authorization',
  'content-type',
  'accept',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'last-event-id',
]
const ANSWERED = ['content-type', 'etag', 'retry-after', 'location']

export function isForwarded({ headers }: FastifyRequest): boolean {
  return headers[FORWARDED] !== undefined
}

/** Asks the leader what was asked here, and answers what it answers. */
export async function forward(
  { leader, signal }: Elsewhere,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (!leader?.address || isForwarded(request))
    throw new Problem('unavailable', 'no engine leads at this moment')
  const headers = new Headers({ [FORWARDED]: '1' })
  for (const name of PASSED_ON) {
    const value = request.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  const response = await fetch(`${leader.address}${request.url}`, {
    method: request.method,
    signal: endingWith(signal, reply),
    headers,
    ...(request.body === undefined || request.body === null ? {} : { body: JSON.stringify(request.body) }),
  }).catch((cause: unknown) => {
    throw new Problem('unavailable', 'the engine that leads does not answer', [], { cause })
  })
  for (const name of ANSWERED) {
    const value = response.headers.get(name)
    if (value !== null) reply.header(name, value)
  }
  return reply.code(response.status).send(response.body ? Readable.fromWeb(response.body) : '')
}

/** Aborted with the term, or with the connection of whoever asked; it leaves nothing behind at the term, which outlives it. */
function endingWith(term: AbortSignal, { raw }: FastifyReply): AbortSignal {
  const own = new AbortController()
  const stop = (): void => own.abort()
  if (term.aborted) stop()
  term.addEventListener('abort', stop)
  raw.once('close', () => {
    term.removeEventListener('abort', stop)
    stop()
  })
  return own.signal
}
