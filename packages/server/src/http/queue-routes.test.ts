import { cancelJob, submitJob } from '@offtake/contract/api/job-routes'
import { showQueue } from '@offtake/contract/api/queue-routes'
import {
  applyService,
  scaleService,
  showService,
  showServiceHistory,
} from '@offtake/contract/api/served-routes'
import { DAY_MS, HOUR_MS } from '@offtake/core/base/instant'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { waitsOfStarted } from '../jobs/queue-view.ts'
import { runningSteps } from '../services/replica-steps.ts'
import { done } from '../testing/done.ts'
import { describeOnEachDatabase } from '../testing/each-database.ts'
import { GPU_POOL, gpuSupply } from '../testing/gpu-supply.ts'
import { type LiveServer, startLiveServer } from '../testing/live-server.ts'

const TENANTS = [
  { id: 'lab', name: 'Lab', quotas: [{ pool: GPU_POOL.id, accelerators: 16 }] },
  { id: 'small', name: 'Small', quotas: [], borrowLimit: 8 },
]

let live: LiveServer

beforeAll(async () => {
  live = await startLiveServer({ speed: 1, supply: gpuSupply({ domains: 4, tenants: TENANTS }) })
})

afterAll(() => live.stop())

const submit = (id: string, tenant: string, accelerators: number) =>
  done(live.client.call(submitJob, { body: { id, tenant, accelerators, hardware: ['gpu'], limit: '2h' } }))
const queue = () => done(live.client.call(showQueue, {}))

describe('the queue', () => {
  test('is empty where nobody waits', async () => {
    expect(await queue()).toMatchObject({
      jobs: 0,
      accelerators: 0,
      oldest: null,
      byCause: [],
      byHardware: [],
      byTenant: [],
      started: null,
    })
  })

  test('tells who waits, for what, why and since when, and how long others waited', async () => {
    await submit('fills', 'lab', 16)
    await submit('borrows', 'small', 8)
    await submit('too-much', 'small', 8)
    await submit('waits-1', 'lab', 16)
    await submit('waits-2', 'lab', 16)
    const told = await queue()
    expect(told).toMatchObject({
      jobs: 3,
      accelerators: 40,
      oldest: { job: 'too-much' },
      byHardware: [{ hardware: 'gpu', jobs: 3, accelerators: 40 }],
      byTenant: [
        { tenant: 'lab', jobs: 2, accelerators: 32 },
        { tenant: 'small', jobs: 1, accelerators: 8 },
      ],
      started: { jobs: 2, medianSeconds: 0, p90Seconds: 0 },
    })
    expect(told.byCause).toEqual([
      { cause: 'noRoom', jobs: 2, accelerators: 32 },
      { cause: 'quota', jobs: 1, accelerators: 8 },
    ])
    for (const id of ['fills', 'borrows', 'too-much', 'waits-1', 'waits-2'])
      await done(live.client.call(cancelJob, { params: { id } }))
    expect((await queue()).jobs).toBe(0)
  })
})

describe('the history of a service', () => {
  test('has what was wanted and what ran, in steps', async () => {
    const params = { id: 'chat' }
    const replica = { acceleratorsPerMember: 4, accepts: ['gpu'] }
    await done(live.client.call(applyService, { params, body: { tenant: 'lab', replica, replicas: 3 } }))
    const running = async () => (await done(live.client.call(showService, { params }))).running
    await expect.poll(running, { timeout: 5_000 }).toBe(3)
    await done(live.client.call(scaleService, { params, body: { replicas: 1 } }))
    const history = () => done(live.client.call(showServiceHistory, { params, query: {} }))
    await expect.poll(async () => (await history()).running.at(-1)?.replicas, { timeout: 5_000 }).toBe(1)
    const { wanted, running: ran, from, until } = await history()
    expect(Date.parse(until) - Date.parse(from)).toBe(DAY_MS)
    // What was wanted before it was last changed nobody says.
    expect(wanted).toMatchObject([{ replicas: 1 }])
    expect(ran[0]).toEqual({ at: from, replicas: 0 })
    expect(Math.max(...ran.map(({ replicas }) => replicas))).toBe(3)
    expect(ran.map(({ at }) => at)).toEqual(ran.map(({ at }) => at).toSorted())
  })

  test('looks ahead where it is asked to, of a bounded stretch', async () => {
    const params = { id: 'waves' }
    const demand = { kind: 'steps', steps: [{ at: '2100-01-02', replicas: 5 }] }
    const replica = { acceleratorsPerMember: 4, accepts: ['gpu'] }
    await done(live.client.call(applyService, { params, body: { tenant: 'lab', replica, demand } as never }))
    const query = { from: '2100-01-01', until: '2100-01-05' }
    expect(await done(live.client.call(showServiceHistory, { params, query }))).toMatchObject({
      wanted: [
        { at: '2100-01-01T00:00:00.000Z', replicas: 0 },
        { at: '2100-01-02T00:00:00.000Z', replicas: 5 },
      ],
      running: [],
    })
    const long = await live.client.call(showServiceHistory, {
      params,
      query: { ...query, until: '2100-03-01' },
    })
    expect(long).toMatchObject({ problem: { code: 'malformed', errors: [{ path: 'query.from' }] } })
    expect(await live.client.call(showServiceHistory, { params: { id: 'none' }, query: {} })).toMatchObject({
      problem: { code: 'notFound' },
    })
  })
})

const RUNNING = {
  tenant: 'lab',
  name: 'chat',
  state: 'running' as const,
  priority: 0,
  accelerators: 4,
  spec: '{}',
  ended_at: null,
  evictions: 0,
  pool: 'p',
  exit_code: null,
  seq: 1,
}
const NOW = Date.UTC(2026, 5, 1)
const SPAN = { stay: 0, n: 0, tenant: 'lab', pool: 'p', milli: 4_000 }

describeOnEachDatabase('what is read of the queue', (fresh) => {
  test('are the waits of those that first started within a day', async () => {
    const { db, close } = await fresh()
    const waits = [60_000, 120_000, 600_000]
    for (const [n, wait] of waits.entries()) {
      const started = NOW - HOUR_MS
      await db
        .insertInto('job')
        .values({ ...RUNNING, id: `j${n}`, submitted_at: started - wait, started_at: started })
        .execute()
      await db
        .insertInto('usage_span')
        .values([
          { ...SPAN, gang: `j${n}`, started_at: started, ended_at: started + 1 },
          { ...SPAN, gang: `j${n}`, stay: 1, started_at: started + 5, ended_at: null },
        ])
        .execute()
    }
    const old = NOW - 2 * DAY_MS
    await db
      .insertInto('job')
      .values({ ...RUNNING, id: 'old', submitted_at: old, started_at: old })
      .execute()
    await db
      .insertInto('usage_span')
      .values({ ...SPAN, gang: 'old', started_at: old, ended_at: null })
      .execute()
    expect(await waitsOfStarted(db, NOW)).toMatchObject({
      jobs: 3,
      medianSeconds: 120,
      p90Seconds: 504,
      longestSeconds: 600,
    })
    expect(await waitsOfStarted(db, NOW + 3 * DAY_MS)).toBeNull()
    await close()
  })
})

describeOnEachDatabase('what is read of a service', (fresh) => {
  test('are the replicas that ran, those that moved counted once, and no others', async () => {
    const { db, close } = await fresh()
    const ids = ['chat/r0', 'chat/r1', 'chat/rest', 'chat-2/r0']
    await db
      .insertInto('job')
      .values(
        ids.map((id) => ({
          ...RUNNING,
          id,
          name: id.startsWith('chat/r') ? 'chat' : 'chat-2',
          submitted_at: NOW,
          started_at: NOW,
        })),
      )
      .execute()
    const at = (hours: number) => NOW + hours * HOUR_MS
    await db
      .insertInto('usage_span')
      .values([
        { ...SPAN, gang: 'chat/r0', started_at: at(1), ended_at: at(3) },
        { ...SPAN, gang: 'chat/r0', n: 1, pool: 'q', started_at: at(1), ended_at: at(3) },
        { ...SPAN, gang: 'chat/r0', n: 2, started_at: at(3), ended_at: null },
        { ...SPAN, gang: 'chat/r1', started_at: at(2), ended_at: at(4) },
        { ...SPAN, gang: 'chat-2/r0', started_at: at(2), ended_at: at(4) },
      ])
      .execute()
    const steps = await runningSteps(db, 'chat', { from: NOW, until: at(10) })
    expect(
      steps.map(({ at: when, replicas }) => `${(Date.parse(when) - NOW) / HOUR_MS} ${replicas}`),
    ).toEqual(['0 0', '1 1', '2 2', '4 1'])
    expect(await runningSteps(db, 'chat', { from: at(2.5), until: at(3.5) })).toMatchObject([{ replicas: 2 }])
    await close()
  })
})
