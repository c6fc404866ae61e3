import compress from '@fastify/compress'
import rateLimit from '@fastify/rate-limit'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from 'fastify'
import { type Actor, ANYBODY, may } from '../access/actor.ts'
import { Senders } from '../access/senders.ts'
import { admitSession } from '../access/session.ts'
import { Elsewhere } from '../engine/seat.ts'
import { Problem } from '../problem.ts'
import { type Answer, checked, type Endpoint } from './endpoint.ts'
import { forward, isForwarded } from './forward.ts'
import { openApi } from './open-api.ts'
import { type ShowPage, servePages } from './pages.ts'
import { answerWith, problemOf, tellBroken } from './problem-answer.ts'
import { logRequests } from './request-log.ts'

const LIMITS = {
  bodyBytes: 1_048_576,
  requestMs: 30_000,
  headersMs: 10_000,
  /** How often it looks for those who take longer. */
  lookMs: 2_000,
  keyCharacters: 200,
  parameterCharacters: 1_000,
}

/** Of what is larger than a packet, and no stream; what is sent to us comes as it is. */
const COMPRESSION = {
  threshold: 1_024,
  customTypes: /^application\/(problem\+)?json/,
  encodings: ['gzip' as const],
  globalDecompression: false,
}

const NO_HEADERS = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false }

/** Who a request comes from; a Problem where that is not known. */
export type Authenticate = (request: FastifyRequest) => Promise<Actor>

export interface ApiOptions {
  readonly authenticate: Authenticate
  /** Told of every answer. */
  readonly answered?: (id: string, status: number, seconds: number) => void
  /** Answers only what other processes forward, and whoever asks for health. */
  readonly isForEngine: boolean
  /** Requests a second that are taken of one token. */
  readonly requestsPerSecond: number
  readonly log: FastifyBaseLogger
  /** The folder of the web application, where there is one. */
  readonly pages?: string
}

/** The HTTP server of these endpoints, not yet listening. */
export function createApi(endpoints: readonly Endpoint[], options: ApiOptions): FastifyInstance {
  const api = Fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: LIMITS.bodyBytes,
    requestTimeout: LIMITS.requestMs,
    connectionTimeout: LIMITS.requestMs,
    http: { headersTimeout: LIMITS.headersMs, connectionsCheckingInterval: LIMITS.lookMs },
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: LIMITS.parameterCharacters },
    frameworkErrors: (error, _request, reply) => answerWith(problemOf(error), reply),
    clientErrorHandler: tellBroken,
  })
  const page = options.pages === undefined ? undefined : servePages(api, options.pages)
  tellProblems(api, page)
  api.addHook('onRequest', async (request) => admitSession(request))
  api.register(compress, COMPRESSION)
  const senders = limitRate(api, options.requestsPerSecond)
  logRequests(api)
  const ids = new Map(endpoints.map(({ route }) => [`${route.method} ${urlOf(route)}`, route.id]))
  api.addHook('onResponse', async (request, reply) => {
    const id = ids.get(`${request.method} ${request.routeOptions.url}`) ?? 'none'
    options.answered?.(id, reply.statusCode, reply.elapsedTime / 1_000)
  })
  // What is registered watches the routes that come after it.
  api.after(() => {
    for (const one of endpoints) register(api, one, options, senders)
    const document = JSON.stringify(openApi(endpoints.map(({ route }) => route)))
    api.get('/openapi.json', async (_request, reply) => reply.type('application/json').send(document))
  })
  return api
}

function tellProblems(api: FastifyInstance, page: ShowPage | undefined): void {
  api.setErrorHandler(async (error: FastifyError, request, reply) => {
    const problem = problemOf(error)
    if (problem.code === 'internal')
      request.log.error({ err: error, route: request.routeOptions.url }, 'internal')
    else if (problem.status >= 500) request.log.warn({ route: request.routeOptions.url }, problem.detail)
    return answerWith(problem, reply)
  })
  api.setNotFoundHandler(async (request, reply) => {
    if (await page?.(request, reply)) return reply
    throw new Problem('notFound', 'the API has no such path')
  })
}

function limitRate(api: FastifyInstance, requestsPerSecond: number): Senders {
  const senders = new Senders(Date.now)
  api.register(rateLimit, {
    max: (_request, key) => senders.limitOf(String(key), requestsPerSecond),
    timeWindow: 1_000,
    keyGenerator: (request) => senders.keyOf(request),
    errorResponseBuilder: (_request, { max }) =>
      new Problem(
        'tooMany',
        `at most ${max} requests a second are taken of one token, and fewer of strangers`,
      ),
    addHeadersOnExceeding: NO_HEADERS,
    addHeaders: { ...NO_HEADERS, 'retry-after': true },
  })
  return senders
}

function register(
  api: FastifyInstance,
  { route, handle }: Endpoint,
  { authenticate, isForEngine }: ApiOptions,
  senders: Senders,
): void {
  api.route({
    method: route.method,
    ...(route.bodyBytes === undefined ? {} : { bodyLimit: route.bodyBytes }),
    url: urlOf(route),
    // Before a body is read: nobody makes us read one whom we do not know.
    preParsing: async (request) => {
      if (isForEngine && route.may !== 'anybody' && !isForwarded(request))
        throw new Problem('unavailable', 'this process leads alone: ask one that serves the API')
      const actor = route.may === 'anybody' ? ANYBODY : await authenticate(request)
      if (actor !== ANYBODY) senders.wasLetIn(request)
      request.actor = actor
      if (!may(actor, route)) throw new Problem('forbidden', `this needs ${rolesOf(route)}`)
    },
    handler: async (request, reply) => {
      const match = request.headers['if-match']
      if (route.needsMatch === true && match === undefined)
        throw new Problem('needsMatch', 'read it first, and send its ETag as If-Match')
      const asked = {
        params: checked(route.params, request.params, 'path'),
        query: checked(route.query, request.query, 'query'),
        body: checked(route.body, request.body, 'body'),
        actor: request.actor ?? ANYBODY,
        key: keyOf(request),
        match,
        raw: { request, reply, again: () => authenticate(request) },
      }
      const answer: Answer<unknown> | Elsewhere = await handle(asked).catch(elsewhere)
      if (answer instanceof Elsewhere) return forward(answer, request, reply)
      if (answer === undefined) return reply
      if (answer.etag !== undefined) reply.header('etag', answer.etag)
      return reply.code(answer.status ?? route.status ?? 200).send(answer.body)
    },
  })
}

/** What needs the engine is asked where it is. */
function elsewhere(error: unknown): Elsewhere {
  if (error instanceof Elsewhere) return error
  throw error
}

/** The path as Fastify has it. */
function urlOf({ path }: Endpoint['route']): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}

function rolesOf({ may: allowed }: Endpoint['route']): string {
  return [...(allowed === 'anybody' ? [] : allowed), 'admin'].join(' or ')
}

function keyOf({ headers }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key === 'string' && key.length > 0 && key.length <= LIMITS.keyCharacters) return key
  throw new Problem('malformed', `Idempotency-Key: 1 to ${LIMITS.keyCharacters} characters, once`)
}
