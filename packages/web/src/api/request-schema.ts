import type { Route } from '@offtake/contract/api/route'
import { queryOptions, useQuery } from '@tanstack/react-query'
import type { JsonSchema } from '../parts/editor/json-schema.ts'

interface OpenApi {
  readonly paths: Readonly<
    Record<
      string,
      Record<
        string,
        {
          readonly requestBody?: {
            readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>>
          }
        }
      >
    >
  >
}

const document = queryOptions({
  queryKey: ['openapi'] as const,
  queryFn: async (): Promise<OpenApi> => {
    const answer = await fetch('/openapi.json')
    if (!answer.ok) throw new Error('The description of the API could not be read.')
    return answer.json()
  },
  // It changes with the server's version alone.
  staleTime: Number.POSITIVE_INFINITY,
})

/** By which schema the server checks what a route is sent; nothing until that is read. */
export function useRequestSchema({ path, method }: Pick<Route, 'path' | 'method'>): JsonSchema | undefined {
  const { data } = useQuery(document)
  return data?.paths[path]?.[method.toLowerCase()]?.requestBody?.content['application/json']?.schema
}
