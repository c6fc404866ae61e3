import type { z } from 'zod'
import type { ApiProblem } from './problem.ts'
import type { Nothing, Route } from './route.ts'

/** What a call gives: only what the route takes. */
type Given<R> =
  R extends Route<infer Params, infer Query, infer Body, z.ZodType>
    ? (Params extends Nothing ? { readonly params?: undefined } : { readonly params: z.input<Params> }) &
        (Query extends Nothing ? { readonly query?: undefined } : { readonly query: z.input<Query> }) &
        (Body extends Nothing ? { readonly body?: undefined } : { readonly body: z.input<Body> }) & {
          /** The same key is carried out once, however often it is sent. */
          readonly key?: string
          /** The ETag of what is changed, as it was read. */
          readonly match?: string
        }
    : never

/** What a call answers: what the route promises, or the problem that was named. */
type Answered<R> =
  R extends Route<z.ZodType, z.ZodType, z.ZodType, infer Answer>
    ? { readonly ok: true; readonly status: number; readonly value: z.output<Answer>; readonly etag?: string }
    : never

interface Unanswered {
  readonly ok: false
  readonly problem: ApiProblem
}

/** The API at an address. A problem is an answer; only what never reached the server throws. */
export class ApiClient {
  readonly #url: string
  readonly #token: string | undefined

  constructor(url: string, token?: string) {
    this.#url = url.replace(/\/+$/, '')
    this.#token = token
  }

  /** Calls a route of the contract. */
  async call<R extends Route>(route: R, given: Given<R>): Promise<Answered<R> | Unanswered> {
    const response = await this.send(route, given)
    const text = await response.text()
    if (!response.ok) return { ok: false, problem: problemIn(response, text) }
    const etag = response.headers.get('etag')
    const value = (route.media === undefined ? JSON.parse(text) : text) as z.output<R['answer']>
    return { ok: true, status: response.status, value, ...(etag === null ? {} : { etag }) } as Answered<R>
  }

  /** The answer as it comes, for those that are streams. */
  send<R extends Route>(route: R, given: Given<R>, init: RequestInit = {}): Promise<Response> {
    const { params, query, body, key, match } = given as Loose
    return fetch(this.#url + pathOf(route.path, params) + queryOf(query), {
      ...init,
      method: route.method,
      headers: {
        ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(match === undefined ? {} : { 'if-match': match }),
        ...(init.headers as Record<string, string> | undefined),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }
}

interface Loose {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly key?: string
  readonly match?: string
}

function pathOf(path: string, params: Loose['params'] = {}): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])))
}

function queryOf(query: Loose['query'] = {}): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  )
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}

/** What stands between us and the server may answer in its place, and not in JSON. */
function problemIn(response: Response, text: string): ApiProblem {
  try {
    const problem = JSON.parse(text) as ApiProblem
    if (typeof problem.code === 'string') return problem
  } catch {
    // It is told below.
  }
  const { status, statusText } = response
  return { type: 'about:blank', title: statusText, status, code: 'unavailable', detail: text.slice(0, 200) }
}
