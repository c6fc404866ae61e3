import type { z } from 'zod'
import type { Role } from './role.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** One operation of the API, as data: the server checks by it, the client calls by it, and the OpenAPI document is made of it. */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly id: string
  readonly method: Method
  /** With `{name}` for a parameter. */
  readonly path: string
  readonly about: string
  /** Who may ask it beside admins; `anybody` needs no token. */
  readonly may: readonly Role[] | 'anybody'
  readonly params?: Params
  readonly query?: Query
  readonly body?: Body
  readonly answer: Answer
  /** Of an answer that says yes; 200 by default. */
  readonly status?: 200 | 201 | 202
  /** The media type of an answer that is no JSON. */
  readonly media?: string
  /** How large its body may be, where that is more than usual. */
  readonly bodyBytes?: number
  /** Whether it changes what has an ETag, so that If-Match is needed: always, or where there is one that it changes. */
  readonly needsMatch?: true | 'ofWhatIsThere'
}

/** What is not asked for. */
export type Nothing = z.ZodUndefined

/** Ties the types of what a route takes and answers together. */
export function route<
  Answer extends z.ZodType,
  Params extends z.ZodType = Nothing,
  Query extends z.ZodType = Nothing,
  Body extends z.ZodType = Nothing,
>(of: Route<Params, Query, Body, Answer>): Route<Params, Query, Body, Answer> {
  return of
}
