import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Serving, serve } from './serve.ts'
import { contractRoutes } from './testing/contract-routes.ts'
import { GPU_POOL, gpuSupply } from './testing/gpu-supply.ts'

const TOKEN = 'a-token-of-this-test'

const folder = mkdtempSync(join(tmpdir(), 'offtake-serve-'))
let serving: Serving

async function start(): Promise<void> {
  const database = join(folder, 'database')
  serving = await serve({
    database,
    port: 0,
    host: '127.0.0.1',
    speed: 1000,
    role: 'all',
    supply: gpuSupply({ domains: 2 }),
    token: TOKEN,
    runs: join(folder, 'runs'),
  })
}

beforeAll(start)

afterAll(async () => {
  await serving.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What the tests look at of what comes. */
interface Answered {
  readonly id: string
  readonly state: string
  readonly endedAt: string | null
  readonly exitCode: number | null
  readonly items: readonly { readonly id: string; readonly action: string }[]
  readonly next: string | null
  readonly code: string
  readonly errors: readonly { readonly path: string }[]
  readonly paths: Readonly<Record<string, object>>
  readonly kind: string
}

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${serving.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${TOKEN}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Answered }
}

const job = (parts: object = {}) => ({ tenant: 'research', accelerators: 2, hardware: ['gpu'], ...parts })

describe('a job', () => {
  test('is placed, shown, and ends when its stated duration is over', async () => {
    const { status, body } = await ask('POST', '/v1/jobs', job({ id: 'short', duration: '20s' }))
    expect(status).toBe(201)
    expect(body).toMatchObject({ id: 'short', state: 'running', pool: GPU_POOL.id, accelerators: 2 })
    await expect
      .poll(async () => (await ask('GET', '/v1/jobs/short')).body.state, { timeout: 5_000 })
      .toBe('finished')
  })

  test('that is sent again with its key is the same job', async () => {
    const key = { 'idempotency-key': 'once' }
    const [one, two] = await Promise.all([
      ask('POST', '/v1/jobs', job(), key),
      ask('POST', '/v1/jobs', job(), key),
    ])
    expect(two).toEqual(one)
    const other = await ask('POST', '/v1/jobs', job({ accelerators: 4 }), key)
    expect(other).toMatchObject({ status: 409, body: { code: 'keyConflict' } })
  })

  test('is cancelled once', async () => {
    await ask('POST', '/v1/jobs', job({ id: 'gone' }))
    expect((await ask('POST', '/v1/jobs/gone/cancel')).body.state).toBe('cancelled')
    expect(await ask('POST', '/v1/jobs/gone/cancel')).toMatchObject({
      status: 422,
      body: { code: 'refused', because: 'alreadyEnded', errors: [{ path: 'path.id' }] },
    })
  })

  test('goes on where the server stops and starts again', async () => {
    await ask('POST', '/v1/jobs', job({ id: 'across', duration: '40s', tenant: 'across' }))
    await serving.close()
    await start()
    expect((await ask('GET', '/v1/jobs?tenant=across')).body.items).toMatchObject([{ id: 'across' }])
    await expect
      .poll(async () => (await ask('GET', '/v1/jobs/across')).body.state, { timeout: 5_000 })
      .toBe('finished')
  })
})

describe('a job of this machine', () => {
  const real = (command: string[], parts: object = {}) => ({
    tenant: 'real',
    accelerators: 1,
    hardware: ['slot'],
    command,
    ...parts,
  })
  const endOf = async (id: string) => {
    await expect
      .poll(async () => (await ask('GET', `/v1/jobs/${id}`)).body.endedAt, { timeout: 5_000 })
      .not.toBeNull()
    const { body } = await ask('GET', `/v1/jobs/${id}`)
    return { state: body.state, exitCode: body.exitCode }
  }

  test('is a process, whose exit code tells how it went', async () => {
    await ask('POST', '/v1/jobs', real(['sh', '-c', 'echo hello'], { id: 'good' }))
    await ask('POST', '/v1/jobs', real(['sh', '-c', 'exit 7'], { id: 'bad' }))
    expect(await endOf('good')).toEqual({ state: 'finished', exitCode: 0 })
    expect(await endOf('bad')).toEqual({ state: 'failed', exitCode: 7 })
    expect(readFileSync(join(folder, 'runs/good.0/log'), 'utf8')).toBe('hello\n')
  })

  test('runs on while the server is away, is started once, and ends as it ended', async () => {
    const mark = join(folder, 'started')
    const script = `echo started >> ${mark}; sleep 1; exit 3`
    await ask('POST', '/v1/jobs', real(['sh', '-c', script], { id: 'survivor' }))
    await expect.poll(() => existsSync(mark)).toBe(true)
    await serving.close()
    await start()
    expect(await endOf('survivor')).toEqual({ state: 'failed', exitCode: 3 })
    expect(readFileSync(mark, 'utf8')).toBe('started\n')
  })

  test('that is cancelled is stopped with all that it started', async () => {
    const mark = join(folder, 'alive')
    await ask(
      'POST',
      '/v1/jobs',
      real(['sh', '-c', `(while :; do date > ${mark}; sleep 0.05; done) & wait`], { id: 'loop' }),
    )
    await expect.poll(() => existsSync(mark)).toBe(true)
    await ask('POST', '/v1/jobs/loop/cancel')
    await expect
      .poll(async () => {
        rmSync(mark, { force: true })
        await sleep(300)
        return existsSync(mark)
      })
      .toBe(false)
  })
})

describe('jobs are listed', () => {
  test('page by page, the latest first, each once, whatever comes in between', async () => {
    for (let n = 0; n < 5; n++) await ask('POST', '/v1/jobs', job({ id: `page-${n}`, tenant: 'pages' }))
    const seen: string[] = []
    let cursor = ''
    do {
      const { body } = await ask('GET', `/v1/jobs?tenant=pages&limit=2${cursor}`)
      seen.push(...body.items.map(({ id }) => id))
      await ask('POST', '/v1/jobs', job({ tenant: 'pages' }))
      cursor = body.next === null ? '' : `&cursor=${body.next}`
    } while (cursor !== '')
    expect(seen).toEqual(['page-4', 'page-3', 'page-2', 'page-1', 'page-0'])
  })
})

describe('what is wrong is said with its place', () => {
  test.each([
    ['accelerators', job({ accelerators: 0 }), 'body.accelerators'],
    ['hardware', job({ hardware: ['h900'] }), 'body.hardware'],
    ['tenant', job({ tenant: undefined }), 'body.tenant'],
    ['roles', job({ roles: [] }), 'body.roles'],
    ['limit', job({ limit: 'soon' }), 'body.limit'],
  ])('in %s', async (_, body, path) => {
    const { status, body: problem } = await ask('POST', '/v1/jobs', body)
    expect(status).toBe(400)
    expect(problem.code).toBe('malformed')
    expect(problem.errors.map((error) => error.path)).toContain(path)
  })

  test('without the token, at unknown paths, for unknown jobs', async () => {
    expect((await ask('GET', '/v1/jobs', undefined, { authorization: 'Bearer no' })).status).toBe(401)
    expect((await ask('GET', '/v1/nothing')).body.code).toBe('notFound')
    expect((await ask('GET', '/v1/jobs/nobody')).body.code).toBe('notFound')
  })
})

test('events are followed from any entry on, and go on as they come', async () => {
  const { seq } = serving.engine
  await ask('POST', '/v1/jobs', job({ id: 'seen-1', tenant: 'seen' }))
  const abort = new AbortController()
  const response = await fetch(`${serving.url}/v1/events`, {
    headers: { authorization: `Bearer ${TOKEN}`, 'last-event-id': String(seq) },
    signal: abort.signal,
  })
  await ask('POST', '/v1/jobs', job({ id: 'seen-2', tenant: 'seen' }))
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.includes('seen-2')) break
  }
  abort.abort()
  expect(text.indexOf('seen-1')).toBeGreaterThan(0)
  expect(text).toContain(`id: ${seq + 1}\n`)
})

test.each([
  ['nothing', ''],
  ['an entry that is not there yet, as after a restore', '999999999'],
])('who says to have seen %s hears of what is new alone', async (_, seen) => {
  await ask('POST', '/v1/jobs', job({ id: `old-${seen}` }))
  const abort = new AbortController()
  const response = await fetch(`${serving.url}/v1/events`, {
    headers: { authorization: `Bearer ${TOKEN}`, 'last-event-id': seen },
    signal: abort.signal,
  })
  await ask('POST', '/v1/jobs', job({ id: `new-${seen}` }))
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.includes(`new-${seen}`)) break
  }
  abort.abort()
  expect(text).not.toContain(`old-${seen}`)
})

test('the audit names who did what, and verifies', async () => {
  await ask('POST', '/v1/jobs', job({ id: 'audited' }))
  const { body } = await ask('GET', '/v1/audit?target=audited')
  expect(body.items).toMatchObject([{ actor: 'admin', action: 'submit', target: 'audited' }])
  expect((await ask('GET', '/v1/audit/verification')).body.kind).toBe('whole')
})

test('every route of the contract is served, and the OpenAPI document names it', async () => {
  const { body } = await ask('GET', '/openapi.json')
  const documented = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const routes = (await contractRoutes()).map(({ method, path }) => `${method} ${path}`)
  expect(documented.sort()).toEqual(routes.sort())
})
