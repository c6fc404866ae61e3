import { mkdtempSync, rmSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Prng, prng } from '@offtake/core/base/prng'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type JsonSchema, sampleOf, uglyValue } from './testing/json-sample.ts'
import { type ServerProcess, startServerProcess, TEST_TOKEN } from './testing/server-process.ts'

const isLong = process.env.OFFTAKE_LONG !== undefined
const REQUESTS = isLong ? 20_000 : 1_500
/** As many as a shell lets one process have by default, with some to spare. */
const IDLE = isLong ? 10_000 : 500
const PATIENCE_MS = 10_000

interface Operation {
  readonly method: string
  readonly path: string
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: JsonSchema }[]
  readonly body?: JsonSchema
}

const folder = mkdtempSync(join(tmpdir(), 'offtake-bad-clients-'))
let server: ServerProcess

beforeAll(async () => {
  server = await startServerProcess({ database: join(folder, 'database'), runs: join(folder, 'runs') })
})

afterAll(async () => {
  await server.kill()
  rmSync(folder, { recursive: true, force: true })
})

const authorized = { authorization: `Bearer ${TEST_TOKEN}` }

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { ...authorized, ...(init.headers as Record<string, string>) }
  return fetch(server.url + path, { ...init, headers, signal: AbortSignal.timeout(PATIENCE_MS) })
}

/** That others are served, and soon. */
async function expectServed(): Promise<void> {
  const body = JSON.stringify({ tenant: 'tenant-0', accelerators: 1, hardware: ['gpu'], duration: '1s' })
  const response = await ask('/v1/jobs', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  })
  expect(response.status).toBe(201)
}

test('whatever is asked on whatever route, the answer is never that nobody foresaw it, and it comes', async () => {
  const operations = await operationsOf()
  expect(operations.length).toBeGreaterThan(5)
  const chance = prng(11).fork('bad clients')
  const bad: string[] = []
  for (let n = 0; n < REQUESTS; n++) {
    const operation = operations[n % operations.length]
    if (operation === undefined) break
    const { path, init } = drawn(operation, chance)
    const response = await ask(path, init)
    await response.body?.cancel()
    if (response.status >= 500) bad.push(`${init.method} ${path} ${init.body ?? ''}: ${response.status}`)
  }
  expect(bad.slice(0, 3)).toEqual([])
  await expectServed()
}, 600_000)

describe('others are served while somebody', () => {
  test('sends a request letter by letter, who is cut off', async () => {
    const slow = await Promise.all(Array.from({ length: 50 }, () => open()))
    const letters = setInterval(() => {
      for (const socket of slow) if (socket.writable) socket.write('x')
    }, 500)
    for (const socket of slow) socket.write('GET /v1/jobs HTTP/1.1\r\nx-slow: ')
    await expectServed()
    await Promise.race([Promise.all(slow.map(closed)), sleep(45_000)])
    clearInterval(letters)
    expect(slow.filter((socket) => !socket.closed)).toEqual([])
  })

  test('opens connections and says nothing', async () => {
    const idle: Socket[] = []
    for (let n = 0; n < IDLE; n++) idle.push(await open())
    await expectServed()
    for (const socket of idle) socket.destroy()
  })

  test('sends a hundred megabytes, which nobody reads to the end', async () => {
    const [status, isClosed] = await sendHundredMegabytes()
    expect(status === 413 || isClosed).toBe(true)
    await expectServed()
  })

  test('floods it with one token', async () => {
    const flood = Array.from({ length: 2_000 }, () => ask('/v1/jobs?limit=1').then(({ status }) => status))
    await expectServed()
    const statuses = new Set(await Promise.all(flood))
    expect([...statuses].every((status) => status === 200 || status === 429)).toBe(true)
  })
})

async function operationsOf(): Promise<Operation[]> {
  const response = await ask('/openapi.json')
  const document = (await response.json()) as {
    paths: Record<string, Record<string, { parameters: Operation['parameters']; requestBody?: never }>>
  }
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      // A stream has no end.
      .filter(() => path !== '/v1/events')
      .map(([method, { parameters, requestBody }]) => {
        const body = bodySchema(requestBody)
        return { method: method.toUpperCase(), path, parameters, ...(body ? { body } : {}) }
      }),
  )
}

function bodySchema(of: unknown): JsonSchema | undefined {
  const { content } = (of ?? {}) as { content?: { 'application/json': { schema: JsonSchema } } }
  return content?.['application/json'].schema
}

function drawn(
  { method, path, parameters, body }: Operation,
  chance: Prng,
): { path: string; init: RequestInit } {
  const textOf = (schema: JsonSchema): string => {
    const value = sampleOf(schema, chance)
    return encodeURIComponent(wellFormed(typeof value === 'string' ? value : JSON.stringify(value)))
  }
  let url = path
  for (const one of parameters.filter(({ in: where }) => where === 'path'))
    url = url.replace(`{${one.name}}`, textOf(one.schema) || 'x')
  const query = parameters
    .filter(({ in: where }) => where === 'query' && chance.below(2) === 0)
    .map(({ name, schema }) => `${name}=${textOf(schema)}`)
  if (query.length > 0) url += `?${query.join('&')}`
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (chance.below(3) === 0) headers['idempotency-key'] = ['k', 'x'.repeat(300), 'ü'][chance.below(2)] ?? ''
  if (chance.below(3) > 0) headers['if-match'] = ['"1"', '*', 'x'][chance.below(3)] ?? ''
  if (!body)
    return {
      path: url,
      init: { method, headers: method === 'GET' ? {} : headers, ...(method === 'GET' ? {} : { body: '{}' }) },
    }
  const text =
    chance.below(15) === 0
      ? '{"a":'
      : JSON.stringify(chance.below(10) === 0 ? uglyValue(chance) : sampleOf(body, chance))
  return { path: url, init: { method, headers, body: text } }
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()))
}

/** A URL holds no half of a pair of surrogates. */
function wellFormed(text: string): string {
  return Buffer.from(text.slice(0, 300), 'utf8').toString('utf8')
}

function open(): Promise<Socket> {
  const { hostname, port } = new URL(server.url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => resolve(socket))
    // Later on, an error is that it was cut off, which `close` tells.
    socket.on('error', reject)
  })
}

/** The status, and whether the connection was closed before all was sent. */
function sendHundredMegabytes(): Promise<[number | undefined, boolean]> {
  const megabyte = Buffer.alloc(1_048_576, 'x')
  return new Promise((resolve) => {
    let status: number | undefined
    const request = httpRequest(`${server.url}/v1/jobs`, {
      method: 'POST',
      headers: { ...authorized, 'content-type': 'application/json', 'content-length': 100 * megabyte.length },
    })
    request.on('response', (response) => {
      status = response.statusCode
      response.resume()
      request.destroy()
    })
    request.on('error', () => resolve([status, true]))
    request.on('close', () => resolve([status, false]))
    const send = (left: number): void => {
      if (left === 0 || request.destroyed) return void request.end()
      request.write(megabyte, () => send(left - 1))
    }
    send(100)
  })
}
