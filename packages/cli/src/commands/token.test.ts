import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { runOfftake } from '../testing/run-offtake.ts'
import { type ServingProcess, startServing } from '../testing/serving.ts'

const folder = mkdtempSync(join(tmpdir(), 'offtake-live-'))
const LOGIN = join(folder, 'offtake', 'login.json')
let server: ServingProcess
let admin: string

beforeAll(async () => {
  server = await startServing(folder)
  admin = readFileSync(join(folder, '.offtake', 'token'), 'utf8')
  process.env.XDG_CONFIG_HOME = folder
})

beforeEach(() => {
  rmSync(LOGIN, { force: true })
  delete process.env.OFFTAKE_URL
  delete process.env.OFFTAKE_TOKEN
})

afterAll(async () => {
  delete process.env.XDG_CONFIG_HOME
  await server.stop()
  rmSync(folder, { recursive: true })
})

test('one logs in once the server knows the token, and out again', async () => {
  const bad = await runOfftake(['login', server.url, '--token', 'of-nobody'])
  expect(bad).toMatchObject({ code: 2, out: '' })
  expect(bad.err).toContain('unauthorized')
  expect(existsSync(LOGIN)).toBe(false)
  const good = await runOfftake(['login', `${server.url}/`, '--token', admin])
  expect(good).toMatchObject({ code: 0, out: 'admin: admin\n' })
  expect(statSync(LOGIN).mode & 0o777).toBe(0o600)
  expect((await runOfftake(['whoami'])).out).toBe('admin: admin\n')
  expect((await runOfftake(['logout'])).out).toBe('Logged out.\n')
  expect((await runOfftake(['logout'])).out).toBe('Nobody was logged in.\n')
})

test('what is printed is never the token that was sent', async () => {
  for (const token of ['of-nobody', 'with a space', 'with\nlines', 'of-nobödy']) {
    const { out, err } = await runOfftake(['login', server.url, '--token', token])
    expect(`${out}${err}`).toContain('unauthorized')
    expect(`${out}${err}`).not.toContain(token)
  }
})

test('a token that is kept for one server is sent to no other', async () => {
  await runOfftake(['login', server.url, '--token', admin])
  process.env.OFFTAKE_URL = server.url.replace('127.0.0.1', 'localhost')
  expect((await runOfftake(['whoami'])).err).toContain('unauthorized')
})

test('a file of logins that nobody can read is as none', async () => {
  await runOfftake(['login', server.url, '--token', admin])
  writeFileSync(LOGIN, '{"url":')
  process.env.OFFTAKE_URL = server.url
  expect((await runOfftake(['whoami'])).err).toContain('unauthorized')
})

test('a token is made, printed alone on standard output, listed and revoked', async () => {
  process.env.OFFTAKE_URL = server.url
  process.env.OFFTAKE_TOKEN = admin
  const made = await runOfftake(['token', 'create', 'ada', '--role', 'viewer', 'finance', '--expires', '2h'])
  const secret = made.out.trim()
  expect(secret).toMatch(/^oft_[\w-]{43}$/)
  const [, id = ''] = /([0-9a-f-]{36}), good until/.exec(made.err) ?? []
  expect((await runOfftake(['token', 'list'])).out).toMatch(
    new RegExp(`${id} +ada +ada +viewer, finance +valid`),
  )
  process.env.OFFTAKE_TOKEN = secret
  expect((await runOfftake(['whoami'])).out).toMatch(/^ada: viewer, finance, until 20/)
  expect((await runOfftake(['token', 'list'])).err).toContain('forbidden')
  process.env.OFFTAKE_TOKEN = admin
  expect((await runOfftake(['token', 'revoke', id])).out).toContain('is revoked')
  expect((await runOfftake(['token', 'revoke', id])).err).toContain('conflict')
  expect((await runOfftake(['token', 'create', 'bob', '--role', 'king'])).err).toContain('malformed')
})

test('the audit is shown and verified', async () => {
  process.env.OFFTAKE_URL = server.url
  process.env.OFFTAKE_TOKEN = admin
  await runOfftake(['token', 'create', 'seen', '--role', 'viewer'])
  expect((await runOfftake(['audit', 'show', '--action', 'tokenCreated'])).out).toMatch(/admin +tokenCreated/)
  expect((await runOfftake(['audit', 'verify'])).out).toMatch(/^Whole: \d+ entries/)
})
