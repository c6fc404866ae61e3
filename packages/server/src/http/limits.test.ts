import { listJobs, submitJob } from '@offtake/contract/api/job-routes'
import { whoAmI } from '@offtake/contract/api/token-routes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Served, served } from '../testing/served.ts'

let server: Served

beforeAll(async () => {
  server = await served({ requestsPerSecond: 40 })
})

afterAll(() => server.close())

test('a token that asks too much is told to wait, and slows nobody else', async () => {
  const [greedy, modest] = [
    await server.token('greedy', ['viewer']),
    await server.token('modest', ['viewer']),
  ]
  // Who was let in once is counted by its token from then on.
  for (const token of [greedy, modest]) await server.client(token).call(whoAmI, {})
  const flood = Array.from({ length: 120 }, () => server.client(greedy).send(listJobs, { query: {} }))
  const others = Array.from({ length: 10 }, () => server.client(modest).call(whoAmI, {}))
  const answers = await Promise.all(flood)
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused.length).toBeGreaterThan(30)
  expect(await refused[0]?.json()).toMatchObject({ code: 'tooMany', status: 429 })
  expect(refused[0]?.headers.get('retry-after')).toBe('1')
  expect(refused[0]?.headers.get('content-type')).toContain('application/problem+json')
  expect((await Promise.all(others)).every(({ ok }) => ok)).toBe(true)
  await expect
    .poll(async () => (await server.client(greedy).call(whoAmI, {})).ok, { timeout: 3_000 })
    .toBe(true)
})

test('inventing tokens does not help whoever is told to wait', async () => {
  const known = await server.token('known', ['viewer'])
  await server.client(known).call(whoAmI, {})
  const flood = Array.from({ length: 120 }, (_, n) => server.client(`oft_invented-${n}`).send(whoAmI, {}))
  const statuses = (await Promise.all(flood)).map(({ status }) => status)
  expect(new Set(statuses)).toEqual(new Set([401, 429]))
  expect((await server.client(known).call(whoAmI, {})).ok).toBe(true)
})

describe('an answer', () => {
  const lengthOf = (response: Response) => Number(response.headers.get('content-length'))
  const ask = (path: string, encoding: string) =>
    fetch(server.url + path, {
      headers: { authorization: `Bearer ${server.adminToken}`, 'accept-encoding': encoding },
    })

  test('that is large is compressed for whoever takes it so', async () => {
    const plain = await ask('/openapi.json', 'identity')
    const packed = await ask('/openapi.json', 'gzip, br')
    expect(packed.headers.get('content-encoding')).toBe('gzip')
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(await packed.json()).toEqual(await plain.json())
    expect(lengthOf(plain)).toBeGreaterThan(1_024)
  })

  test('that is small, or a stream, comes as it is', async () => {
    await server.admin.call(submitJob, { body: { tenant: 'research', accelerators: 1, hardware: ['gpu'] } })
    expect((await ask('/v1/whoami', 'gzip')).headers.get('content-encoding')).toBeNull()
    const stream = await ask('/v1/events?after=0', 'gzip')
    expect(stream.headers.get('content-encoding')).toBeNull()
    const first = await stream.body?.getReader().read()
    expect(new TextDecoder().decode(first?.value)).toContain(': welcome')
  })
})
