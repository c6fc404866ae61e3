import { API_PROBLEMS } from '@offtake/contract/api/problem'
import type { Route } from '@offtake/contract/api/route'
import { z } from 'zod'

/** The OpenAPI 3.1 document of these routes, from the same schemas that check what comes in. */
export function openApi(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const one of routes) {
    const methods = paths[one.path] ?? {}
    methods[one.method.toLowerCase()] = operation(one)
    paths[one.path] = methods
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Offtake', version: '1', description: 'The control plane for AI compute.' },
    paths,
    components: {
      schemas: { Problem: PROBLEM },
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
    security: [{ token: [] }],
  }
}

function operation(route: Route): object {
  const { id, about, params, query, body, may } = route
  return {
    operationId: id,
    summary: about,
    description: may === 'anybody' ? 'Needs no token.' : `For ${[...may, 'admin'].join(', ')}.`,
    ...(may === 'anybody' ? { security: [] } : {}),
    parameters: [...parameters('path', params), ...parameters('query', query), ...headersOf(route)],
    ...(body
      ? { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(body) } } } }
      : {}),
    responses: { [route.status ?? 200]: yes(route), default: PROBLEM_ANSWER },
  }
}

function yes({ media = 'application/json', answer }: Route): object {
  return { description: 'It was done', content: { [media]: { schema: jsonSchema(answer, 'output') } } }
}

const PROBLEM_ANSWER = {
  description: 'What was asked was not done, and why',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

function headersOf({ method, needsMatch, may }: Route): object[] {
  const schema = { type: 'string' }
  const key = { name: 'Idempotency-Key', in: 'header', required: false, schema }
  return [
    ...(method === 'GET' || may === 'anybody' ? [] : [key]),
    ...(needsMatch ? [{ name: 'If-Match', in: 'header', required: needsMatch === true, schema }] : []),
  ]
}

function parameters(where: 'path' | 'query', schema: z.ZodType | undefined): object[] {
  if (!schema) return []
  const { properties = {}, required = [] } = jsonSchema(schema) as {
    properties?: Record<string, object>
    required?: string[]
  }
  return Object.entries(properties).map(([name, of]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: of,
  }))
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output' = 'input'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { enum: Object.keys(API_PROBLEMS) },
    detail: { type: 'string' },
    because: { type: 'string' },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } },
    },
  },
}
