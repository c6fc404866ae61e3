import { ApiClient } from '@offtake/contract/api/client'
import type { Route } from '@offtake/contract/api/route'
import { queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import { ProblemError } from './problem-error.ts'

const client = new ApiClient('')

type Given<R extends Route> = Parameters<typeof client.call<R>>[1]

/** What a route answers, with the ETag where what it shows can be edited. */
export interface Read<R extends Route> {
  readonly value: z.output<R['answer']>
  readonly etag?: string
}

/**
 * Calls a route of the contract.
 *
 * @throws {ProblemError} where the server says no.
 */
export async function call<R extends Route>(route: R, given: Given<R>): Promise<Read<R>> {
  const answer = await client.call(route, given)
  if (!answer.ok) throw new ProblemError(answer.problem)
  const { value, etag } = answer as Read<R>
  return etag === undefined ? { value } : { value, etag }
}

/** A route that is read, kept under its own id: events say by it what to read anew. */
export function reading<R extends Route>(route: R, given: Given<R>) {
  return queryOptions({
    queryKey: [route.id, given] as const,
    queryFn: async (): Promise<z.output<R['answer']>> => (await call(route, given)).value,
  })
}

/** A route that is read to be edited: with the ETag by which its change says what was read. */
export function readingToEdit<R extends Route>(route: R, given: Given<R>) {
  return queryOptions({
    queryKey: [route.id, given, 'edit'] as const,
    queryFn: (): Promise<Read<R>> => call(route, given),
  })
}

/** A key by which a change is carried out once, however often it is sent. */
export function newKey(): string {
  // Not every page that is served without TLS has `randomUUID`.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}
