import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cancelJob, listJobs } from '@offtake/contract/api/job-routes'
import type { ApiProblem } from '@offtake/contract/api/problem'
import {
  applyService,
  listServices,
  removeService,
  scaleService,
  showService,
} from '@offtake/contract/api/served-routes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { done } from '../testing/done.ts'
import { gpuSupply } from '../testing/gpu-supply.ts'
import { type LiveServer, startLiveServer } from '../testing/live-server.ts'
import { smallFiles } from '../testing/small-files.ts'

let live: LiveServer

beforeAll(async () => {
  live = await startLiveServer({
    portfolio: smallFiles(),
    supply: gpuSupply({ domains: 4 }),
  })
})

afterAll(() => live.stop())

const body = (parts: object = {}) => ({
  tenant: 'lab',
  replica: { acceleratorsPerMember: 8, accepts: ['gpu'] },
  replicas: 2,
  ...parts,
})

const view = (id: string) => done(live.client.call(showService, { params: { id } }))
const until = (id: string, state: object) =>
  expect.poll(() => view(id), { timeout: 10_000 }).toMatchObject(state)

async function tagOf(id: string): Promise<string> {
  const read = await live.client.call(showService, { params: { id } })
  return (read.ok && read.etag) || ''
}

async function replicas(service: string): Promise<{ id: string; state: string }[]> {
  const { items } = await done(live.client.call(listJobs, { query: { name: service, limit: 500 } }))
  return items.map(({ id, state }) => ({ id, state })).sort((a, b) => (a.id < b.id ? -1 : 1))
}

describe('a service', () => {
  const params = { id: 'chat' }

  test('has as many replicas as it says, more where there is room, and fewer', async () => {
    await done(live.client.call(applyService, { params, body: body() as never }))
    await until('chat', { wanted: 2, running: 2, waiting: 0, draining: 0, source: 'api', accelerators: 8 })
    await done(live.client.call(scaleService, { params, body: { replicas: 5 } }))
    await until('chat', { wanted: 5, running: 4, waiting: 1 })
    await done(live.client.call(scaleService, { params, body: { replicas: 1 } }))
    await until('chat', { wanted: 1, running: 1, waiting: 0, draining: 0 })
    const running = (await replicas('chat')).filter(({ state }) => state === 'running')
    expect(running).toEqual([{ id: 'chat/r0', state: 'running' }])
  })

  test('is as it was where the server starts again, and a replica that ends is replaced by a new one', async () => {
    await live.restart()
    await until('chat', { wanted: 1, running: 1 })
    expect((await replicas('chat')).filter(({ state }) => state === 'running')).toHaveLength(1)
    await done(live.client.call(cancelJob, { params: { id: 'chat/r0' } }))
    await expect
      .poll(async () =>
        (await replicas('chat')).filter(({ state }) => state === 'running').map(({ id }) => id),
      )
      .toEqual(['chat/r5'])
  })

  test('whose replica changes has all of them replaced', async () => {
    const replica = { acceleratorsPerMember: 4, accepts: ['gpu'] }
    const match = await tagOf('chat')
    const change = { params, body: body({ replica, replicas: 1 }) as never, match }
    await done(live.client.call(applyService, change))
    await until('chat', { running: 1, draining: 0, accelerators: 4 })
    expect((await replicas('chat')).filter(({ state }) => state === 'running')).toEqual([
      { id: 'chat/r6', state: 'running' },
    ])
  })

  test('that somebody else has changed meanwhile stays as it is, and so does one that was not read', async () => {
    const match = await tagOf('chat')
    await done(live.client.call(scaleService, { params, body: { replicas: 2 } }))
    const replaced = body({ replicas: 3 }) as never
    const codeOf = async (call: Promise<unknown>) => ((await call) as { problem: ApiProblem }).problem.code
    expect(await codeOf(live.client.call(applyService, { params, body: replaced, match }))).toBe('stale')
    expect(await codeOf(live.client.call(applyService, { params, body: replaced }))).toBe('needsMatch')
    const nowhere = { params: { id: 'nowhere' }, body: replaced, match: '*' }
    expect(await codeOf(live.client.call(applyService, nowhere))).toBe('stale')
    expect(await view('chat')).toMatchObject({ wanted: 2, accelerators: 4 })
    await done(live.client.call(scaleService, { params, body: { replicas: 1 } }))
  })

  test('that is removed is gone, with its replicas, and who asks again under the same key is told the same', async () => {
    const asked = { params, key: 'remove-chat' }
    const removed = await done(live.client.call(removeService, asked))
    expect(removed).toMatchObject({ id: 'chat', wanted: 0, accelerators: 4 })
    expect(await done(live.client.call(removeService, asked))).toEqual(removed)
    await expect
      .poll(async () => (await replicas('chat')).filter(({ state }) => state === 'running'))
      .toEqual([])
    expect(await live.client.call(showService, { params })).toMatchObject({ problem: { code: 'notFound' } })
    expect(await live.client.call(scaleService, { params, body: { replicas: 1 } })).toMatchObject({
      problem: { code: 'notFound' },
    })
  })

  test('that follows a series has more replicas when the series says so', async () => {
    const soon = new Date(Date.now() + 2_000).toISOString()
    const demand = {
      kind: 'steps' as const,
      steps: [
        { at: '2026-01-01', replicas: 1 },
        { at: soon, replicas: 3 },
      ],
    }
    const asked = { params: { id: 'follows' }, body: body({ replicas: undefined, demand }) as never }
    expect(await done(live.client.call(applyService, asked))).toMatchObject({ wanted: 1, follows: 'demand' })
    await until('follows', { wanted: 3, running: 3 })
    await done(live.client.call(removeService, { params: { id: 'follows' } }))
  })

  test('of processes starts them again when they end, and stops them when it is removed', async () => {
    const mark = join(live.folder, 'served')
    const script = `echo "$OFFTAKE_JOB" >> ${mark}; sleep 0.3; exit 1`
    const parts = {
      replica: { acceleratorsPerMember: 1, accepts: ['slot'] },
      replicas: 1,
      command: ['sh', '-c', script],
    }
    await done(live.client.call(applyService, { params: { id: 'real' }, body: body(parts) as never }))
    const lines = (): string[] => readFileSync(mark, 'utf8').trim().split('\n')
    await expect.poll(() => lines().slice(0, 2), { timeout: 10_000 }).toEqual(['real/r0', 'real/r1'])
    await done(live.client.call(removeService, { params: { id: 'real' } }))
  })
})

describe('what is wrong with a service is said with its field', () => {
  test.each<[string, object, string, string]>([
    [
      'a replica that no pool holds',
      { replica: { acceleratorsPerMember: 9, accepts: ['gpu'] } },
      'invalid',
      'body.replica',
    ],
    [
      'hardware that is not there',
      { replica: { acceleratorsPerMember: 1, accepts: ['tpu'] } },
      'malformed',
      'body.replica.accepts',
    ],
    ['an unknown tenant', { tenant: 'nobody' }, 'invalid', 'body.tenant'],
    ['neither replicas nor demand', { replicas: undefined }, 'malformed', 'body.replicas'],
    ['less than none', { replicas: -1 }, 'malformed', 'body.replicas'],
  ])('%s', async (_, parts, code, path) => {
    const asked = { params: { id: 'bad' }, body: body(parts) as never }
    const told = (await live.client.call(applyService, asked)) as { problem: ApiProblem }
    expect(told.problem.code).toBe(code)
    expect(told.problem.errors?.map((error) => error.path)).toEqual([path])
  })
})

test('services that the portfolio states are served, and are changed there alone', async () => {
  const stated = `services:
  - id: site
    tenant: product
    replica: { acceleratorsPerMember: 8, accepts: [h100] }
    demand: { kind: steps, steps: [{ at: 2026-01-01, replicas: 2 }] }
`
  const own = await startLiveServer({
    portfolio: [...smallFiles(), { path: 'workloads/site.yaml', text: stated }],
  })
  const params = { id: 'site' }
  await expect
    .poll(() => done(own.client.call(showService, { params })), { timeout: 10_000 })
    .toMatchObject({ source: 'portfolio', wanted: 2, running: 2, tenant: 'product' })
  expect(await own.client.call(scaleService, { params, body: { replicas: 9 } })).toMatchObject({
    problem: { code: 'conflict', detail: "the portfolio states 'site': it is changed there" },
  })
  expect((await done(own.client.call(listServices, { query: {} }))).items).toHaveLength(1)
  await own.stop()
})
