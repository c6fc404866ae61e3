import { showAudit } from '@offtake/contract/api/audit-routes'
import { ApiClient } from '@offtake/contract/api/client'
import { listJobs } from '@offtake/contract/api/job-routes'
import { createToken, listTokens, revokeToken, whoAmI } from '@offtake/contract/api/token-routes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Served, served } from '../testing/served.ts'

let server: Served

beforeAll(async () => {
  server = await served()
})

afterAll(() => server.close())

async function make(body: Parameters<typeof server.admin.call<typeof createToken>>[1]['body'], key = '') {
  const made = await server.admin.call(createToken, { body, ...(key === '' ? {} : { key }) })
  if (!made.ok) throw new Error(made.problem.detail)
  return made.value
}

const problemOf = async (answer: Promise<{ ok: boolean; problem?: { code: string; detail: string } }>) =>
  (await answer).problem

describe('a token', () => {
  test('lets in whoever sends it, as the actor and with the roles that it was made for', async () => {
    const { secret, ...view } = await make({ actor: 'ada', roles: ['viewer', 'planner'], expiresIn: '1h' })
    expect(view).toMatchObject({
      actor: 'ada',
      name: 'ada',
      state: 'valid',
      createdBy: 'admin',
      tenant: null,
    })
    const ada = server.client(secret ?? '')
    expect(await ada.call(whoAmI, {})).toMatchObject({
      value: { actor: 'ada', roles: ['viewer', 'planner'], tenant: null, expiresAt: view.expiresAt },
    })
    expect((await ada.call(listJobs, { query: {} })).ok).toBe(true)
  })

  test('is made by admins alone', async () => {
    for (const role of ['viewer', 'operator', 'planner', 'finance', 'approver'] as const) {
      const client = server.client(await server.token(`a-${role}`, [role]))
      const body = { actor: 'more', roles: ['admin' as const] }
      expect(await problemOf(client.call(createToken, { body }))).toMatchObject({ code: 'forbidden' })
      expect(await problemOf(client.call(listTokens, { query: {} }))).toMatchObject({ code: 'forbidden' })
    }
  })

  test('that is revoked lets in nobody within two seconds, and is revoked once', async () => {
    const { id, secret } = await make({ actor: 'gone', roles: ['viewer'] })
    const gone = server.client(secret ?? '')
    expect((await gone.call(whoAmI, {})).ok).toBe(true)
    const revoked = await server.admin.call(revokeToken, { params: { id } })
    expect(revoked).toMatchObject({ value: { state: 'revoked' } })
    await expect
      .poll(() => problemOf(gone.call(whoAmI, {})), { timeout: 2_000 })
      .toMatchObject({ code: 'unauthorized', detail: 'the token was revoked' })
    const again = await problemOf(server.admin.call(revokeToken, { params: { id } }))
    expect(again).toMatchObject({ code: 'conflict' })
  })

  test('that has expired lets in nobody', async () => {
    const { secret } = await make({ actor: 'brief', roles: ['viewer'], expiresIn: '300ms' })
    const brief = server.client(secret ?? '')
    await expect
      .poll(() => problemOf(brief.call(whoAmI, {})), { timeout: 2_000 })
      .toMatchObject({ code: 'unauthorized', detail: 'the token has expired' })
  })

  test('that is asked for again under its key is the same one, without its secret', async () => {
    const first = await make({ actor: 'once', roles: ['viewer'] }, 'make-once')
    const again = await make({ actor: 'once', roles: ['viewer'] }, 'make-once')
    expect(first.secret).toMatch(/^oft_[\w-]{43}$/)
    expect(again).toEqual({ ...first, secret: null })
    const other = server.admin.call(createToken, {
      body: { actor: 'once', roles: ['operator'] },
      key: 'make-once',
    })
    expect(await problemOf(other)).toMatchObject({ code: 'keyConflict' })
  })

  test('is in the audit and the list without its secret', async () => {
    const { id, secret } = await make({ actor: 'seen', roles: ['operator'], name: 'of the night' })
    const { value } = (await server.admin.call(listTokens, { query: { limit: 500 } })) as {
      value: { items: { id: string }[] }
    }
    const audit = await server.admin.call(showAudit, { query: { target: id } })
    expect(value.items.find((one) => one.id === id)).toMatchObject({ name: 'of the night', actor: 'seen' })
    expect(audit).toMatchObject({
      value: { items: [{ actor: 'admin', action: 'tokenCreated', target: id }] },
    })
    expect(JSON.stringify([value, audit])).not.toContain(secret)
  })

  test.each([
    ['body.roles', { roles: [] }],
    ['body.roles.0', { roles: ['king'] }],
    ['body.roles', { roles: ['viewer', 'viewer'] }],
    ['body.roles', { roles: ['tenant', 'viewer'], tenant: 'research' }],
    ['body.tenant', { roles: ['tenant'] }],
    ['body.tenant', { roles: ['viewer'], tenant: 'research' }],
    ['body.actor', { actor: 'admin' }],
    ['body.actor', { actor: 'engine' }],
    ['body.actor', { actor: 'replay' }],
    ['body.actor', { actor: 'services' }],
    ['body.actor', { actor: 'oidc:ada' }],
    ['body.expiresIn', { expiresIn: '0s' }],
    ['body.expiresIn', { expiresIn: '20000d' }],
    ['body.expiresIn', { expiresIn: 'never' }],
  ])('is not made where %s is wrong: %o', async (path, parts) => {
    const body = { actor: 'odd', roles: ['viewer'], ...parts } as never
    const problem = await problemOf(server.admin.call(createToken, { body }))
    expect(problem).toMatchObject({
      code: 'malformed',
      errors: expect.arrayContaining([{ path, message: expect.any(String) }]),
    })
  })
})

test.each([
  ['nothing', undefined],
  ['a word', 'hello'],
  ['what looks like a token', `oft_${'a'.repeat(43)}`],
  ['what looks like one of another issuer', 'eyJhbGciOiJub25lIn0.e30.'],
])('whoever sends %s for a token is let in nowhere', async (_, token) => {
  const client = new ApiClient(server.url, token)
  expect(await problemOf(client.call(whoAmI, {}))).toMatchObject({ code: 'unauthorized' })
})

test('tokens are listed page by page, the latest first', async () => {
  for (let n = 0; n < 5; n++) await make({ actor: `page-${n}`, roles: ['viewer'] })
  const seen: string[] = []
  let cursor: string | null = null
  for (let page = 0; page < 3; page++) {
    const query: { limit: number; cursor?: string } = { limit: 2, ...(cursor ? { cursor } : {}) }
    const answer = await server.admin.call(listTokens, { query })
    if (!answer.ok) throw new Error(answer.problem.detail)
    seen.push(...answer.value.items.map(({ actor }) => actor))
    cursor = answer.value.next
  }
  expect(seen.slice(0, 5)).toEqual(['page-4', 'page-3', 'page-2', 'page-1', 'page-0'])
})
