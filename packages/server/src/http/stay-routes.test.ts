import { setTimeout as sleep } from 'node:timers/promises'
import { cancelJob, listStays, showJob, submitJob } from '@offtake/contract/api/job-routes'
import { failPart, returnPart } from '@offtake/contract/api/pool-routes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventsAt, stretchesOf } from '../jobs/stays.ts'
import { done } from '../testing/done.ts'
import { describeOnEachDatabase } from '../testing/each-database.ts'
import { GPU_POOL, gpuSupply } from '../testing/gpu-supply.ts'
import { type LiveServer, startLiveServer } from '../testing/live-server.ts'

const TENANTS = [
  { id: 'owner', name: 'Owner', quotas: [{ pool: GPU_POOL.id, accelerators: 32 }] },
  { id: 'guest', name: 'Guest', quotas: [] },
]

let live: LiveServer

beforeAll(async () => {
  live = await startLiveServer({ supply: gpuSupply({ domains: 2, nodesPerDomain: 2, tenants: TENANTS }) })
})

afterAll(() => live.stop())

const pool = { pool: GPU_POOL.id }
const staysOf = (id: string, query: object = {}) =>
  done(live.client.call(listStays, { params: { id }, query }))
const submit = (id: string, tenant: string, accelerators: number, parts: object = {}) =>
  done(live.client.call(submitJob, { body: { id, tenant, accelerators, hardware: ['gpu'], ...parts } }))

describe('the stays of a job', () => {
  test('tell where it was from when until when, and why each ended', async () => {
    await submit('wanders', 'guest', 16)
    expect(await staysOf('wanders')).toMatchObject({
      job: 'wanders',
      state: 'running',
      endedAt: null,
      next: null,
      items: [
        {
          stay: 0,
          end: null,
          because: null,
          places: [
            {
              role: 'worker',
              pool: GPU_POOL.id,
              accelerators: 16,
              nodes: [{ first: 0, count: 2 }],
              domains: [{ first: 0, count: 1 }],
            },
          ],
        },
      ],
    })
    await sleep(20)
    await done(live.client.call(failPart, { params: pool, body: { nodes: { first: 1 } } }))
    await sleep(20)
    // All that is left is the owner's: what the guest borrowed goes back at once.
    await submit('takes', 'owner', 16)
    await sleep(20)
    await done(live.client.call(returnPart, { params: pool, body: { nodes: { first: 1 } } }))
    await sleep(20)
    await done(live.client.call(cancelJob, { params: { id: 'wanders' } }))
    const { items, state, submittedAt, endedAt } = await staysOf('wanders')
    expect(state).toBe('cancelled')
    expect(items.map(({ because }) => because)).toEqual(['nodeFailed', 'reclaimed', 'cancelled'])
    expect(items.map(({ stay }) => stay)).toEqual([0, 1, 2])
    expect(items[0]?.start).toBe(submittedAt)
    expect(items[2]?.end).toBe(endedAt)
    expect(items[1]?.places[0]?.domains).toEqual([{ first: 1, count: 1 }])
    expect(items[0]?.lostSeconds).toBeGreaterThan(0)
    const edges = items.flatMap(({ start, end }) => [start, end ?? ''])
    expect(edges).toEqual(edges.toSorted())
  })

  test('come page by page, each once, and after a restart as before', async () => {
    const all = await staysOf('wanders')
    await live.restart()
    const first = await staysOf('wanders', { limit: 2 })
    const second = await staysOf('wanders', { limit: 2, cursor: first.next })
    expect([...first.items, ...second.items]).toEqual(all.items)
    expect(second.next).toBeNull()
  })

  test('are none of one that never ran, and a job that nobody knows is named', async () => {
    await submit('waits', 'owner', 32, { priority: -1 })
    expect(await staysOf('waits')).toMatchObject({ state: 'waiting', items: [] })
    await done(live.client.call(cancelJob, { params: { id: 'waits' } }))
    expect(await done(live.client.call(showJob, { params: { id: 'waits' } }))).toMatchObject({
      state: 'cancelled',
    })
    expect(await staysOf('waits')).toMatchObject({ items: [] })
    expect(await live.client.call(listStays, { params: { id: 'nobody' }, query: {} })).toMatchObject({
      problem: { code: 'notFound' },
    })
  })
})

describeOnEachDatabase('what is read for stays', (fresh) => {
  test('is what happened to that gang at the edges of its spans', async () => {
    const { db, close } = await fresh()
    const entry = {
      actor: 'a',
      command: '{}',
      hash: '',
      result: null,
      idempotency_key: null,
      body_digest: null,
    }
    const placed = (gangId: string) =>
      JSON.stringify([{ kind: 'placed', at: 10, gangId, parts: [], borrowed: 0 }])
    await db
      .insertInto('journal')
      .values([
        { ...entry, seq: 1, at: 10, events: placed('a"b') },
        { ...entry, seq: 2, at: 10, events: placed('a') },
        { ...entry, seq: 3, at: 20, events: placed('a') },
      ])
      .execute()
    expect(await eventsAt(db, 'a', [10])).toHaveLength(1)
    expect(await eventsAt(db, 'a"b', [10, 20])).toMatchObject([{ gangId: 'a"b' }])
    expect(await eventsAt(db, 'a', [])).toEqual([])
    const span = { gang: 'a', tenant: 'lab', milli: 1_000 }
    await db
      .insertInto('usage_span')
      .values([
        { ...span, stay: 0, n: 0, pool: 'p', started_at: 10, ended_at: 20 },
        { ...span, stay: 0, n: 1, pool: 'q', started_at: 10, ended_at: 20 },
        { ...span, stay: 1, n: 0, pool: 'p', started_at: 30, ended_at: 30 },
        { ...span, stay: 1, n: 1, pool: 'p', started_at: 30, ended_at: null },
      ])
      .execute()
    expect(await stretchesOf(db, 'a', { from: 0, limit: 10 })).toEqual([
      { stay: 0, started_at: 10, ended_at: 20 },
      { stay: 1, started_at: 30, ended_at: null },
    ])
    expect(await stretchesOf(db, 'a', { from: 1, limit: 10 })).toHaveLength(1)
    await close()
  })
})
