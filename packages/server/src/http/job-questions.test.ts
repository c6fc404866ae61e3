import { setTimeout as sleep } from 'node:timers/promises'
import { cancelJob, explainJob, listJobs, readLog, submitJob } from '@offtake/contract/api/job-routes'
import { drainPart, listNodes, returnPart } from '@offtake/contract/api/pool-routes'
import type { ApiProblem } from '@offtake/contract/api/problem'
import { HOUR_MS } from '@offtake/core/base/instant'
import type { Tenant } from '@offtake/core/demand/tenant'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { done } from '../testing/done.ts'
import { GPU_POOL, gpuSupply } from '../testing/gpu-supply.ts'
import { type LiveServer, startLiveServer } from '../testing/live-server.ts'
import { THIS_MACHINE } from '../this-machine.ts'

const TENANTS = [
  { id: 'lab', name: 'Lab', quotas: [{ pool: GPU_POOL.id, accelerators: 16 }] },
  { id: 'small', name: 'Small', quotas: [{ pool: GPU_POOL.id, accelerators: 2 }], borrowLimit: 2 },
  { id: 'real', name: 'Real', quotas: [] },
]

let live: LiveServer

beforeAll(async () => {
  live = await startLiveServer({
    speed: 1,
    supply: gpuSupply({ domains: 2, tenants: TENANTS }),
  })
})

afterAll(() => live.stop())

const gpu = (parts: object = {}) => ({ tenant: 'lab', accelerators: 8, hardware: ['gpu'], ...parts })
const real = (id: string, script: string) => ({
  id,
  tenant: 'real',
  accelerators: 1,
  hardware: ['slot'],
  command: ['sh', '-c', script],
})

describe('an explanation', () => {
  test('of one that waits names the cause, the start, who holds the place and what would start it now', async () => {
    for (const id of ['long-1', 'long-2'])
      await done(live.client.call(submitJob, { body: gpu({ id, limit: '2h' }) }))
    await done(live.client.call(submitJob, { body: gpu({ id: 'waits', limit: '1h' }) }))
    const told = await done(live.client.call(explainJob, { params: { id: 'waits' } }))
    expect(told).toMatchObject({
      job: 'waits',
      state: 'waiting',
      pools: [{ pool: GPU_POOL.id, cause: 'noRoom', facts: { free: 0, needed: 8 } }],
      eta: { from: null, until: null, promised: true },
      holders: [{ job: 'long-1', tenant: 'lab', accelerators: 8 }],
    })
    expect(told.sentence).toContain('no room: 0 accelerators are free, it needs 8')
    const wait = Date.parse(told.eta?.at ?? '') - Date.now()
    expect(Math.abs(wait - 2 * HOUR_MS)).toBeLessThan(60_000)
  })

  test('changes nothing', async () => {
    const { seq } = live.serving.engine
    const told = await done(live.client.call(explainJob, { params: { id: 'waits' } }))
    const again = await done(live.client.call(explainJob, { params: { id: 'waits' } }))
    expect({ ...again, at: told.at, eta: null }).toEqual({ ...told, eta: null })
    expect(live.serving.engine.seq).toBe(seq)
  })

  test('of one that runs says until when, of one that has ended how', async () => {
    expect(await done(live.client.call(explainJob, { params: { id: 'long-1' } }))).toMatchObject({
      state: 'running',
      pools: [],
    })
    for (const id of ['long-1', 'long-2', 'waits'])
      await done(live.client.call(cancelJob, { params: { id } }))
    const ended = await done(live.client.call(explainJob, { params: { id: 'waits' } }))
    expect(ended.sentence).toMatch(/^It ended as cancelled at /)
    expect(await live.client.call(explainJob, { params: { id: 'nobody' } })).toMatchObject({
      problem: { code: 'notFound' },
    })
  })
})

describe('what can never run is named with its field', () => {
  test.each<[string, object, string, string]>([
    ['more than the pool has', gpu({ accelerators: 24 }), 'body.accelerators', 'invalid'],
    ['more than a node has', gpu({ accelerators: 9, within: 'node' }), 'body.accelerators', 'invalid'],
    [
      'more than the tenant may borrow',
      gpu({ tenant: 'small', accelerators: 5 }),
      'body.accelerators',
      'invalid',
    ],
    ['an unknown tenant', gpu({ tenant: 'nobody' }), 'body.tenant', 'refused'],
    ['hardware that no pool has', gpu({ hardware: ['tpu'] }), 'body.hardware', 'malformed'],
    [
      'a role on hardware that no pool has',
      gpu({
        accelerators: undefined,
        roles: [
          { name: 'a', members: 1, accelerators: 1 },
          { name: 'b', members: 1, accelerators: 1, hardware: ['tpu'] },
        ],
      }),
      'body.roles.1.hardware',
      'malformed',
    ],
    ['a window that nobody booked', gpu({ window: 'nothing' }), 'body.window', 'refused'],
  ])('%s', async (_, body, path, code) => {
    const told = (await live.client.call(submitJob, { body: body as never })) as { problem: ApiProblem }
    expect(told.problem.code).toBe(code)
    expect(told.problem.errors?.map((error) => error.path)).toEqual([path])
  })

  test('a text with the character that no database takes', async () => {
    expect(await live.client.call(submitJob, { body: gpu({ name: 'a\u0000b' }) })).toMatchObject({
      problem: { code: 'malformed', errors: [{ path: 'body.name' }] },
    })
    expect(await live.client.call(listJobs, { query: { pool: '\u0000' } })).toMatchObject({
      problem: { code: 'malformed', errors: [{ path: 'query.pool' }] },
    })
    expect(await live.client.call(explainJob, { params: { id: '\u0000' } })).toMatchObject({
      problem: { code: 'malformed', errors: [{ path: 'path.id' }] },
    })
  })

  test('a job that was taken in is answered again under its key, also where it could never start by then', async () => {
    const set = (tenants: readonly Tenant[]) =>
      live.serving.engine.submit({ actor: 'test', command: { kind: 'setTenants', tenants, noticeMs: 0 } })
    const body = gpu({ id: 'once', accelerators: 4 })
    const first = await done(live.client.call(submitJob, { body, key: 'once' }))
    const quotas = [{ pool: GPU_POOL.id, accelerators: 1 }]
    await set(TENANTS.map((tenant) => ({ ...tenant, quotas, borrowLimit: 1 })))
    const late = gpu({ id: 'late', accelerators: 4 })
    expect(await live.client.call(submitJob, { body: late })).toMatchObject({ problem: { code: 'invalid' } })
    expect(await done(live.client.call(submitJob, { body, key: 'once' }))).toMatchObject({ id: first.id })
    await set(TENANTS)
  })

  test('a job that was submitted already is named by its id', async () => {
    await done(live.client.call(submitJob, { body: gpu({ id: 'twice', accelerators: 1 }) }))
    expect(await live.client.call(submitJob, { body: gpu({ id: 'twice', accelerators: 1 }) })).toMatchObject({
      problem: { code: 'refused', because: 'duplicateGang', errors: [{ path: 'body.id' }] },
    })
  })
})

describe('a list of jobs', () => {
  const names = async (query: object) =>
    (await done(live.client.call(listJobs, { query }))).items.map(({ name }) => name)

  test('is narrowed by pool, by how names begin, and by when they came', async () => {
    const start = new Date().toISOString()
    for (const name of ['a_1', 'ab1', '100%', '100x'])
      await done(live.client.call(submitJob, { body: gpu({ name, accelerators: 1, priority: 1 }) }))
    expect(await names({ name: 'a_' })).toEqual(['a_1'])
    expect(await names({ name: '100%' })).toEqual(['100%'])
    expect(await names({ after: start, pool: GPU_POOL.id })).toEqual(['100x', '100%', 'ab1', 'a_1'])
    expect(await names({ before: start, name: 'a' })).toEqual([])
    expect(await names({ pool: 'another/pool' })).toEqual([])
  })

  test('shows what has ended, however that was', async () => {
    for (const id of ['ended-one', 'runs-on'])
      await done(live.client.call(submitJob, { body: gpu({ id, name: id, accelerators: 1, priority: 1 }) }))
    await done(live.client.call(cancelJob, { params: { id: 'ended-one' } }))
    const ended = await names({ state: 'ended' })
    expect(ended).toContain('ended-one')
    expect(ended).not.toContain('runs-on')
  })
})

describe('the log of a job', () => {
  test('holds what its process said, and is followed until that ends', async () => {
    await done(live.client.call(submitJob, { body: real('speaks', 'echo one; sleep 0.6; echo two >&2') }))
    const followed = live.client.call(readLog, { params: { id: 'speaks' }, query: { follow: 'true' } })
    const before = await done(live.client.call(readLog, { params: { id: 'speaks' }, query: {} }))
    expect(['', 'one\n']).toContain(before)
    expect(await done(followed)).toBe('one\ntwo\n')
    expect(await done(live.client.call(readLog, { params: { id: 'speaks' }, query: {} }))).toBe('one\ntwo\n')
  })

  test('goes on with its next stay where it was moved', async () => {
    const script = 'echo "stay $OFFTAKE_STAY"; test "$OFFTAKE_STAY" = 1 || sleep 60'
    await done(live.client.call(submitJob, { body: real('moved', script) }))
    const followed = live.client.call(readLog, { params: { id: 'moved' }, query: { follow: 'true' } })
    await sleep(300)
    const machine = { pool: THIS_MACHINE.id }
    const { items } = await done(live.client.call(listNodes, { params: machine, query: {} }))
    const node = items.find(({ jobs }) => jobs.includes('moved'))?.node ?? -1
    const body = { nodes: { first: node } }
    await done(live.client.call(drainPart, { params: machine, body: { ...body, notice: '0s' } }))
    expect(await done(followed)).toBe('stay 0\nstay 1\n')
    const first = live.client.call(readLog, { params: { id: 'moved' }, query: { stay: 0 } })
    expect(await done(first)).toBe('stay 0\n')
    await done(live.client.call(returnPart, { params: machine, body }))
  })

  test('is not there where nothing real ran, or no such job is', async () => {
    await done(live.client.call(submitJob, { body: gpu({ id: 'unreal', accelerators: 1 }) }))
    for (const id of ['unreal', 'nobody'])
      expect(await live.client.call(readLog, { params: { id }, query: {} })).toMatchObject({
        problem: { status: 404, code: 'notFound' },
      })
    const params = { id: 'speaks' }
    expect(await live.client.call(readLog, { params, query: { stay: 7 } })).toMatchObject({
      problem: { code: 'notFound' },
    })
  })

  test('that is followed does not keep the server from closing', async () => {
    await done(live.client.call(submitJob, { body: real('silent', 'sleep 20') }))
    const followed = await live.client.send(readLog, { params: { id: 'silent' }, query: { follow: 'true' } })
    await live.restart()
    await followed.text().catch(() => undefined)
    await done(live.client.call(cancelJob, { params: { id: 'silent' } }))
  })
})
