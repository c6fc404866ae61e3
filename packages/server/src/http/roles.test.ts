import { ROLES, type Role } from '@offtake/contract/api/role'
import type { Route } from '@offtake/contract/api/route'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contractRoutes } from '../testing/contract-routes.ts'
import { type Served, served } from '../testing/served.ts'

const ROUTES = await contractRoutes()
const GUARDED = ROUTES.filter(({ may }) => may !== 'anybody')

let server: Served
const tokens = new Map<Role, string>()

beforeAll(async () => {
  server = await served()
  for (const role of ROLES)
    tokens.set(role, await server.token(`a-${role}`, [role], role === 'tenant' ? 'research' : undefined))
})

afterAll(() => server.close())

/** Asks for a route with a body and parameters that lead nowhere, so that whoever is let in does no harm. */
async function ask({ method, path }: Route, token: string | undefined) {
  const abort = new AbortController()
  const response = await fetch(server.url + path.replaceAll(/\{\w+\}/g, 'nothing-of-this-name'), {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
      'if-match': '"nothing"',
    },
    ...(method === 'GET' ? {} : { body: '{"nothing":"of use"}' }),
    signal: abort.signal,
  })
  const { status } = response
  const code = status >= 400 ? ((await response.json()) as { code: string }).code : undefined
  abort.abort()
  return { status, code }
}

describe.each(GUARDED.map((route) => [route.id, route] as const))('%s', (_, route) => {
  test.each(ROLES)('is open to %s where the contract says so, and to nobody else', async (role) => {
    const isAllowed = role === 'admin' || (route.may !== 'anybody' && route.may.includes(role))
    const { status, code } = await ask(route, tokens.get(role))
    if (isAllowed) expect([401, 403, 500]).not.toContain(status)
    else expect({ status, code }).toEqual({ status: 403, code: 'forbidden' })
  })

  test('is closed to whoever has no token, or one that nobody knows', async () => {
    expect(await ask(route, undefined)).toEqual({ status: 401, code: 'unauthorized' })
    expect(await ask(route, 'oft_of-nobody')).toEqual({ status: 401, code: 'unauthorized' })
  })
})

test('what needs no token is health, and signing in and out', () => {
  const open = ROUTES.filter(({ may }) => may === 'anybody').map(({ id }) => id)
  expect(open.sort()).toEqual(['health', 'readiness', 'signIn', 'signOut'])
})

test('every route of the contract is served, and described as one for those who may ask it', async () => {
  const { paths } = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { operationId: string }>>
  }
  const described = Object.values(paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  )
  expect(described.sort()).toEqual(ROUTES.map(({ id }) => id).sort())
})
