import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { submitJob } from '@offtake/contract/api/job-routes'
import { listTokens, whoAmI } from '@offtake/contract/api/token-routes'
import { exportJWK, type GenerateKeyPairResult, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { served } from '../testing/served.ts'
import { Oidc } from './oidc.ts'

interface Key extends GenerateKeyPairResult {
  readonly kid: string
}

type Claims = Readonly<Record<string, unknown>>

/** A small issuer that says what it is and which keys it has, over HTTP. */
class Issuer {
  keys: Key[] = []
  /** Nothing where it calls itself by its own address. */
  alias: string | undefined
  isDown = false
  asked = 0
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response))

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  async #answer({ url }: IncomingMessage, response: ServerResponse): Promise<void> {
    this.asked += 1
    if (this.isDown) return void response.socket?.destroy()
    const isDiscovery = url === '/.well-known/openid-configuration'
    const answer = isDiscovery
      ? { issuer: this.alias ?? this.url, jwks_uri: `${this.url}/keys` }
      : { keys: await Promise.all(this.keys.map(jwkOf)) }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer))
  }
}

async function jwkOf({ kid, publicKey }: Key): Promise<object> {
  return { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' }
}

async function makeKey(kid: string): Promise<Key> {
  return { kid, ...(await generateKeyPair('ES256', { extractable: true })) }
}

const AUDIENCE = 'offtake'
const issuer = new Issuer()
let first: Key
let second: Key
let now = Date.parse('2027-01-01T00:00:00Z')
let oidc: Oidc

beforeAll(async () => {
  await issuer.start()
  first = await makeKey('first')
  second = await makeKey('second')
})

beforeEach(() => {
  issuer.keys = [first]
  issuer.isDown = false
  issuer.alias = undefined
  oidc = makeOidc()
})

afterAll(() => issuer.close())

function makeOidc(parts: object = {}): Oidc {
  const options = {
    issuer: issuer.url,
    audience: AUDIENCE,
    rolesClaim: 'offtake_roles',
    tenantClaim: 'org.unit',
  }
  return new Oidc({ ...options, cooldownMs: 0, ...parts }, () => now)
}

/** A good token, but for what is said otherwise. */
function token(claims: Claims = {}, key = first): Promise<string> {
  const seconds = Math.floor(now / 1_000)
  const good = {
    iss: issuer.url,
    aud: AUDIENCE,
    sub: 'ada',
    exp: seconds + 600,
    offtake_roles: ['operator', 'planner', 'juggler'],
  }
  return new SignJWT({ ...good, ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: key.kid })
    .sign(key.privateKey)
}

const unauthorized = (detail: RegExp) => ({ code: 'unauthorized', message: expect.stringMatching(detail) })

describe('a token of the issuer', () => {
  test('lets in whom it names, with those of its roles that are ours', async () => {
    const actor = await oidc.knows(await token())
    const expiresAt = Math.floor(now / 1_000) * 1_000 + 600_000
    expect(actor).toEqual({ id: 'oidc:ada', roles: ['operator', 'planner'], expiresAt })
  })

  test('names roles at the end of a path, or as words of one text', async () => {
    const nested = makeOidc({ rolesClaim: 'realm_access.roles' })
    const claims = { offtake_roles: [], realm_access: { roles: ['finance'] } }
    expect(await nested.knows(await token(claims))).toMatchObject({ roles: ['finance'] })
    expect(await oidc.knows(await token({ offtake_roles: 'viewer approver' }))).toMatchObject({
      roles: ['viewer', 'approver'],
    })
  })

  test('of a tenant has a tenant and no other role', async () => {
    const roles = ['admin', 'tenant']
    const own = await token({ offtake_roles: roles, org: { unit: 'research' } })
    expect(await oidc.knows(own)).toMatchObject({ roles: ['tenant'], tenant: 'research' })
    for (const org of [undefined, { unit: 7 }, { unit: '' }, { unit: 'a","b' }, 'research'])
      await expect(oidc.knows(await token({ offtake_roles: roles, org }))).rejects.toMatchObject({
        code: 'forbidden',
      })
  })

  test('that is good for longer than dates go is good until the last of them', async () => {
    const { expiresAt = 0 } = (await oidc.knows(await token({ exp: 1e300 }))) ?? {}
    expect(new Date(expiresAt).toISOString()).toBe('+275760-09-13T00:00:00.000Z')
  })

  test('without roles is of somebody who may do nothing', async () => {
    for (const roles of [undefined, null, 7, {}, [], ['root'], { admin: true }])
      expect(await oidc.knows(await token({ offtake_roles: roles }))).toMatchObject({ roles: [] })
  })

  test('is looked at once a minute, and never after its end', async () => {
    const good = await token()
    await oidc.knows(good)
    issuer.isDown = true
    expect(await oidc.knows(good)).toMatchObject({ id: 'oidc:ada' })
    now += 700_000
    await expect(oidc.knows(good)).rejects.toMatchObject(unauthorized(/expired/))
  })
})

describe('what is let in nowhere:', () => {
  test.each<[string, Claims, RegExp]>([
    ['another audience', { aud: 'another' }, /'aud'/],
    ['no audience', { aud: undefined }, /'aud'/],
    ['another issuer', { iss: 'https://elsewhere.example' }, /another issuer/],
    ['the issuer with a slash', { iss: 'http://127.0.0.1/' }, /another issuer/],
    ['no issuer', { iss: undefined }, /another issuer/],
    ['an end that is past', { exp: 1_700_000_000 }, /expired/],
    ['no end', { exp: undefined }, /'exp'/],
    ['a beginning to come', { nbf: 4_000_000_000 }, /'nbf'/],
    ['nobody', { sub: undefined }, /'sub'/],
    ['an empty name', { sub: '' }, /'sub'/],
    ['a name that no database keeps', { sub: 'ada\0' }, /'sub'/],
    ['a name without end', { sub: 'a'.repeat(300) }, /'sub'/],
    ['no text for a name', { sub: 7 }, /'sub'/],
  ])('a token of %s', async (_, claims, detail) => {
    await expect(oidc.knows(await token(claims))).rejects.toMatchObject(unauthorized(detail))
  })

  test('a token that nobody signed', async () => {
    const [, claims] = (await token()).split('.')
    const header = Buffer.from('{"alg":"none"}').toString('base64url')
    await expect(oidc.knows(`${header}.${claims}.`)).rejects.toMatchObject({ code: 'unauthorized' })
    expect(await oidc.knows(`${header}.${claims}`)).toBeUndefined()
  })

  test('a token that is signed by the public key as if it were a shared secret', async () => {
    const { iss, aud, sub, exp } = { iss: issuer.url, aud: AUDIENCE, sub: 'ada', exp: now / 1_000 + 600 }
    const secret = Buffer.from(JSON.stringify(await jwkOf(first)))
    const forged = await new SignJWT({ iss, aud, sub, exp })
      .setProtectedHeader({ alg: 'HS256', kid: 'first' })
      .sign(secret)
    await expect(oidc.knows(forged)).rejects.toMatchObject({ code: 'unauthorized' })
  })

  test('a token by a key of the right name that is another one, or whose claims were changed', async () => {
    const stranger = await makeKey('first')
    await expect(oidc.knows(await token({}, stranger))).rejects.toMatchObject(unauthorized(/not signed/))
    const [header, claims = '', signature] = (await token()).split('.')
    const changed = JSON.parse(Buffer.from(claims, 'base64url').toString())
    const other = Buffer.from(JSON.stringify({ ...changed, sub: 'eve' })).toString('base64url')
    const forged = `${header}.${other}.${signature}`
    await expect(oidc.knows(forged)).rejects.toMatchObject(unauthorized(/not signed/))
  })

  test.each(['', 'word', 'a.b.c', 'oft_x', '..', 'eyJ9.eyJ9.'])(
    '%j is no token of an issuer',
    async (text) => {
      expect(await oidc.knows(text)).toBeUndefined()
    },
  )
})

describe('keys of the issuer', () => {
  test('that are new are found, and those that are gone are good no more', async () => {
    await oidc.knows(await token())
    issuer.keys = [second]
    expect(await oidc.knows(await token({ sub: 'bob' }, second))).toMatchObject({ id: 'oidc:bob' })
    await expect(oidc.knows(await token({ sub: 'late' }, first))).rejects.toMatchObject({
      code: 'unauthorized',
    })
  })

  test('that it does not have are asked for once in a while, not for every token', async () => {
    const patient = makeOidc({ cooldownMs: 60_000 })
    await patient.knows(await token())
    const { asked } = issuer
    for (let n = 0; n < 20; n++)
      await expect(patient.knows(await token({ sub: `${n}` }, second))).rejects.toMatchObject({
        code: 'unauthorized',
      })
    expect(issuer.asked - asked).toBeLessThanOrEqual(1)
  })

  test('cannot be asked for while it is down: then nobody is told that a token is bad', async () => {
    issuer.isDown = true
    await expect(oidc.knows(await token())).rejects.toMatchObject({ code: 'unavailable' })
    issuer.isDown = false
    now += 2_000
    expect(await oidc.knows(await token())).toMatchObject({ id: 'oidc:ada' })
  })

  test('are not taken from who calls itself otherwise', async () => {
    issuer.alias = 'https://elsewhere.example'
    await expect(oidc.knows(await token())).rejects.toMatchObject({ code: 'unavailable' })
  })
})

test('a whole server lets in by it, with the roles and the tenant that it names', async () => {
  const options = { issuer: issuer.url, audience: AUDIENCE, rolesClaim: 'offtake_roles', tenantClaim: 'unit' }
  const server = await served({ oidc: options })
  const exp = Math.floor(Date.now() / 1_000) + 60
  const lab = server.client(await token({ exp, offtake_roles: ['tenant'], unit: 'lab' }))
  const job = (tenant: string) => ({ body: { tenant, accelerators: 1, hardware: ['gpu'] } })
  expect(await lab.call(whoAmI, {})).toMatchObject({ value: { actor: 'oidc:ada', tenant: 'lab' } })
  expect(await lab.call(submitJob, job('lab'))).toMatchObject({ ok: true })
  expect(await lab.call(submitJob, job('rival'))).toMatchObject({ problem: { status: 404 } })
  expect(await lab.call(listTokens, { query: {} })).toMatchObject({ problem: { status: 403 } })
  const late = server.client(await token({ exp: exp - 600, offtake_roles: ['viewer'] }))
  expect(await late.call(whoAmI, {})).toMatchObject({ problem: { status: 401, code: 'unauthorized' } })
  issuer.isDown = true
  const other = await makeKey('unheard-of')
  const unknown = server.client(await token({ exp }, other))
  expect(await unknown.call(whoAmI, {})).toMatchObject({ problem: { code: 'unauthorized' } })
  await server.close()
})
