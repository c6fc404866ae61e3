import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { API_PROBLEMS, type ApiProblem, apiProblem } from '@offtake/contract/api/problem'
import { refusalText } from '@offtake/contract/api/refusals'
import type { FastifyError, FastifyReply } from 'fastify'
import { KeyConflict, Overloaded, Refused, Unavailable } from '../engine/order.ts'
import { Problem } from '../problem.ts'
import { RefusedAt } from './refusal-path.ts'

const MEDIA_TYPE = 'application/problem+json'

/** What is told of whatever failed. */
export function problemOf(error: FastifyError | Error): ApiProblem {
  if (error instanceof Problem) return apiProblem(error.code, error.message, error.errors)
  if (error instanceof Refused) return refusalOf(error)
  if (error instanceof KeyConflict) return apiProblem('keyConflict', error.message)
  if (error instanceof Overloaded) return apiProblem('tooMany', error.message)
  if (error instanceof Unavailable) return apiProblem('unavailable', error.message)
  const status = 'statusCode' in error ? error.statusCode : undefined
  if (status === 413) return apiProblem('tooLarge', error.message)
  if (status === 415) return apiProblem('unknownMediaType', 'send application/json')
  if (status !== undefined && status >= 400 && status < 500) return apiProblem('malformed', error.message)
  return { ...apiProblem('internal', 'the server’s log says more'), title: API_PROBLEMS.internal.title }
}

/** The sentence for people, the word for scripts, and the field where it is about one. */
function refusalOf(error: Refused): ApiProblem {
  const { because } = error
  const message = refusalText(because)
  const path = error instanceof RefusedAt ? error.path : undefined
  const errors = path === undefined ? [] : [{ path, message }]
  const detail = path === undefined ? message : `${path}: ${message}`
  return { ...apiProblem('refused', detail, errors), because }
}

export function answerWith(problem: ApiProblem, reply: FastifyReply): FastifyReply {
  if (problem.status === 429 || problem.status === 503) reply.header('retry-after', '1')
  return reply.code(problem.status).type(MEDIA_TYPE).send(JSON.stringify(problem))
}

/** Answers what is no request at all, so that no route hears of it, and closes the connection. */
export function tellBroken(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const problem = brokenBy(error.code)
  const body = JSON.stringify(problem)
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `Content-Type: ${MEDIA_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  socket.destroy(error)
}

function brokenBy(code: string | undefined): ApiProblem {
  if (code === 'HPE_HEADER_OVERFLOW')
    return { ...apiProblem('tooLarge', 'the headers are larger than any request needs'), status: 431 }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return { ...apiProblem('malformed', 'the request did not come to its end in time'), status: 408 }
  return apiProblem('malformed', 'this is no HTTP request')
}
