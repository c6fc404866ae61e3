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
