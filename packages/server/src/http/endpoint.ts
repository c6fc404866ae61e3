import type { Route } from '@offtake/contract/api/route'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { Problem } from '../problem.ts'
import { unstorableIn } from '../store/storable.ts'

/** What a handler is given, checked. */
export interface Asked<Params, Query, Body> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly actor: Actor
  /** The Idempotency-Key. */
  readonly key: string | undefined
  /** What If-Match says was read. */
  readonly match: string | undefined
  /** For an answer that is a stream. */
  readonly raw: {
    readonly request: FastifyRequest
    readonly reply: FastifyReply
    /** Looks again whether whoever asked is still let in. */
    readonly again: () => Promise<Actor>
  }
}

/** `undefined` where the handler has answered by itself. */
export type Answer<Body> =
  | { readonly body: Body; readonly status?: number; readonly etag?: string }
  | undefined

/** A route of the contract with what carries it out. */
export interface Endpoint {
  readonly route: Route
  readonly handle: (asked: Asked<unknown, unknown, unknown>) => Promise<Answer<unknown>>
}

export function endpoint<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  route: Route<P, Q, B, A>,
  handle: (asked: Asked<z.output<P>, z.output<Q>, z.output<B>>) => Promise<Answer<z.input<A>>>,
): Endpoint {
  return { route, handle: handle as Endpoint['handle'] }
}

/** What was asked as the schema has it; a problem with its paths where it is otherwise. */
export function checked<Schema extends z.ZodType>(
  schema: Schema | undefined,
  value: unknown,
  where: string,
): z.output<Schema> | undefined {
  if (!schema) return undefined
  const unstorable = unstorableIn(value)
  if (unstorable) {
    const path = [where, ...unstorable.path].join('.')
    throw new Problem('malformed', `${path}: ${unstorable.message}`, [{ path, message: unstorable.message }])
  }
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const errors = result.error.issues.map(({ path, message }) => ({
    path: [where, ...path].map(String).join('.'),
    message,
  }))
  throw new Problem('malformed', `${errors[0]?.path}: ${errors[0]?.message}`, errors)
}
