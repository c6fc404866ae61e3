import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createToken } from '@offtake/contract/api/token-routes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Served, served } from '../testing/served.ts'

let server: Served
const pages = mkdtempSync(join(tmpdir(), 'offtake-pages-'))

beforeAll(async () => {
  mkdirSync(join(pages, 'assets'))
  writeFileSync(join(pages, 'index.html'), '<style nonce="__NONCE__"></style><p>the pages</p>')
  writeFileSync(join(pages, 'assets', 'main-1.js'), 'console.log(1)')
  server = await served({ pages })
})

afterAll(async () => {
  await server?.close()
  rmSync(pages, { recursive: true, force: true })
})

const ask = (path: string, init: RequestInit = {}) => fetch(server.url + path, init)

async function signedIn(token: string): Promise<string> {
  const answer = await ask('/v1/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  })
  expect(answer.status).toBe(200)
  return answer.headers.getSetCookie()[0] ?? ''
}

const cookieOf = (set: string) => set.split(';')[0] ?? ''

test('signing in keeps the token in a cookie that no script reads and no other site sends', async () => {
  const set = await signedIn(server.adminToken)
  expect(set).toMatch(/HttpOnly; SameSite=Strict; Max-Age=\d+$/)
  const who = await ask('/v1/whoami', { headers: { cookie: cookieOf(set) } })
  expect(await who.json()).toMatchObject({ actor: 'admin' })
})

test('behind a proxy that speaks TLS the cookie goes over TLS alone', async () => {
  const answer = await ask('/v1/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-proto': 'https' },
    body: JSON.stringify({ token: server.adminToken }),
  })
  expect(answer.headers.getSetCookie()[0]).toMatch(/; Secure$/)
})

test('a token that nobody knows signs nobody in', async () => {
  const answer = await ask('/v1/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: 'nobody-knows-it' }),
  })
  expect(answer.status).toBe(401)
  expect(answer.headers.getSetCookie()).toEqual([])
})

test('the session of a token that is good for an hour is no longer', async () => {
  const token = await server.admin.call(createToken, {
    body: { actor: 'ana', roles: ['viewer'], expiresIn: '1h' },
  })
  const set = await signedIn((token.ok && token.value.secret) || '')
  const [, age] = /Max-Age=(\d+)/.exec(set) ?? []
  expect(Number(age)).toBeGreaterThan(3_500)
  expect(Number(age)).toBeLessThanOrEqual(3_600)
})

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['a site beside ours', { 'sec-fetch-site': 'same-site' }],
  ['an old browser on another site', { origin: 'https://elsewhere.example' }],
  ['nobody says whom', {}],
])('a session changes nothing when it is %s that asks', async (_, headers) => {
  const cookie = cookieOf(await signedIn(server.adminToken))
  const asked = { method: 'POST', headers: { cookie, 'content-type': 'application/json', ...headers } }
  const answer = await ask('/v1/jobs', { ...asked, body: JSON.stringify({}) })
  expect(answer.status).toBe(401)
})

test('a session changes things when our own page asks', async () => {
  const cookie = cookieOf(await signedIn(server.adminToken))
  const headers = { cookie, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }
  const answer = await ask('/v1/jobs', { method: 'POST', headers, body: JSON.stringify({}) })
  expect(answer.status).toBe(400)
})

test('signing out empties the cookie', async () => {
  const answer = await ask('/v1/session', { method: 'DELETE' })
  expect(answer.headers.getSetCookie()[0]).toMatch(/^offtake_session=; .*Max-Age=0/)
})

test('every path of a page shows the application, under a policy that lets in nothing but ours', async () => {
  const seen = await Promise.all(
    ['/', '/agreements/stargate?tab=terms'].map(async (path) => {
      const answer = await ask(path, { headers: { accept: 'text/html' } })
      const policy = answer.headers.get('content-security-policy') ?? ''
      const [, nonce = 'none'] = /'nonce-([^']+)'/.exec(policy) ?? []
      expect(await answer.text()).toBe(`<style nonce="${nonce}"></style><p>the pages</p>`)
      expect(policy).not.toMatch(/unsafe|https?:|\*/)
      return nonce
    }),
  )
  expect(new Set(seen).size).toBe(2)
})

test('what the pages load is kept for good, and what is not there is said to be so', async () => {
  const script = await ask('/assets/main-1.js')
  expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  for (const path of ['/assets/none.js', '/v1/nothing'])
    expect((await ask(path, { headers: { accept: 'text/html' } })).status).toBe(404)
  expect((await ask('/assets/../index.html')).status).toBe(404)
})
