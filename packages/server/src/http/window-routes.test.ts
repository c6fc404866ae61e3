import { setTimeout as sleep } from 'node:timers/promises'
import { showAudit } from '@offtake/contract/api/audit-routes'
import { ApiClient } from '@offtake/contract/api/client'
import { explainJob, submitJob } from '@offtake/contract/api/job-routes'
import type { ApiProblem } from '@offtake/contract/api/problem'
import { createToken } from '@offtake/contract/api/token-routes'
import { bookWindow, cancelWindow, listWindows, showWindow } from '@offtake/contract/api/window-routes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { done } from '../testing/done.ts'
import { GPU_POOL, gpuSupply } from '../testing/gpu-supply.ts'
import { type LiveServer, startLiveServer } from '../testing/live-server.ts'
import { dayFromNow, smallFiles } from '../testing/small-files.ts'

const TENANTS = [
  { id: 'lab', name: 'Lab', quotas: [] },
  { id: 'rival', name: 'Rival', quotas: [] },
]

let live: LiveServer

beforeAll(async () => {
  live = await startLiveServer({
    supply: gpuSupply({ domains: 2, tenants: TENANTS }),
  })
})

afterAll(() => live.stop())

const booking = (parts: object = {}) => ({
  id: 'run-1',
  tenant: 'lab',
  members: 1,
  acceleratorsPerMember: 8,
  accepts: ['gpu'],
  start: '2101-01-01',
  until: '2101-01-02',
  ...parts,
})

test('windows that the portfolio states are booked once: one that is cancelled stays so', async () => {
  const text = `windows:
  - id: stated
    tenant: product
    members: 1
    acceleratorsPerMember: 8
    accepts: [h100]
    start: ${dayFromNow(20)}
    until: ${dayFromNow(21)}
`
  const own = await startLiveServer({
    portfolio: [...smallFiles(), { path: 'workloads/windows.yaml', text }],
  })
  const ids = async () => (await done(own.client.call(listWindows, { query: {} }))).items.map(({ id }) => id)
  await expect.poll(ids, { timeout: 5_000 }).toEqual(['stated'])
  await done(own.client.call(cancelWindow, { params: { id: 'stated' } }))
  await own.restart()
  await sleep(500)
  expect(await ids()).toEqual([])
  await own.stop()
})

describe('a window', () => {
  test('is booked once, listed, named by jobs, kept across a restart, and cancelled', async () => {
    const booked = await done(live.client.call(bookWindow, { body: booking(), key: 'once' }))
    expect(booked).toMatchObject({
      id: 'run-1',
      state: 'booked',
      pool: GPU_POOL.id,
      accelerators: 8,
      timesLeft: 1,
      start: '2101-01-01T00:00:00.000Z',
    })
    expect(await done(live.client.call(bookWindow, { body: booking(), key: 'once' }))).toEqual(booked)
    await live.restart()
    expect((await done(live.client.call(listWindows, { query: {} }))).items).toEqual([booked])
    const job = { id: 'in-it', tenant: 'lab', accelerators: 8, hardware: ['gpu'], window: 'run-1' }
    await done(live.client.call(submitJob, { body: job }))
    const told = await done(live.client.call(explainJob, { params: { id: 'in-it' } }))
    expect(told.pools).toMatchObject([
      { cause: 'ownWindow', facts: { windowId: 'run-1', start: booked.start } },
    ])
    expect(told.offers.map(({ change }) => change)).toContain('withoutWindow')
    const cancelling = { params: { id: 'run-1' }, key: 'cancel-once' }
    expect(await done(live.client.call(cancelWindow, cancelling))).toEqual(booked)
    expect(await done(live.client.call(cancelWindow, cancelling))).toEqual(booked)
    expect(await live.client.call(showWindow, { params: { id: 'run-1' } })).toMatchObject({
      problem: { code: 'notFound' },
    })
    const audit = await done(live.client.call(showAudit, { query: { target: 'run-1' } }))
    expect(audit.items.map(({ action, target }) => `${action} ${target}`)).toEqual([
      'windowCancelled run-1',
      'bookWindow run-1',
    ])
  })

  test.each<[string, object, string, string]>([
    ['in the past', { start: '2001-01-01', until: '2001-01-02' }, 'refused', 'body.start'],
    ['that ends before it starts', { until: '2100-01-01' }, 'invalid', 'body.until'],
    ['that comes back before it has ended', { every: '1h' }, 'invalid', 'body.every'],
    ['larger than the fleet', { members: 3 }, 'refused', 'body.members'],
    ['of an unknown tenant', { tenant: 'nobody' }, 'refused', 'body.tenant'],
    ['in a pool that is not there', { pool: 'no/such/pool' }, 'refused', 'body.pool'],
    ['of a size that is none', { members: 0 }, 'malformed', 'body.members'],
  ])('%s is refused with its field', async (_, parts, code, path) => {
    const told = (await live.client.call(bookWindow, { body: booking(parts) as never })) as {
      problem: ApiProblem
    }
    expect(told.problem.code).toBe(code)
    expect(told.problem.errors?.map((error) => error.path)).toEqual([path])
  })

  test('that overlaps what others booked is refused, as is an id that is taken; one is cancelled once', async () => {
    const params = { id: 'all' }
    await done(live.client.call(bookWindow, { body: booking({ id: 'all', members: 2 }) }))
    expect(await live.client.call(bookWindow, { body: booking({ tenant: 'rival' }) })).toMatchObject({
      problem: { code: 'refused', because: 'noRoomForWindow' },
    })
    expect(await live.client.call(bookWindow, { body: booking({ id: 'all' }) })).toMatchObject({
      problem: { because: 'duplicateWindow', errors: [{ path: 'body.id' }] },
    })
    const cancelled = await done(live.client.call(cancelWindow, { params, key: 'cancel-all' }))
    expect(await live.client.call(cancelWindow, { params })).toMatchObject({ problem: { code: 'notFound' } })
    expect(await done(live.client.call(cancelWindow, { params, key: 'cancel-all' }))).toEqual(cancelled)
  })

  test('of another tenant is not there', async () => {
    await done(live.client.call(bookWindow, { body: booking({ id: 'labs-own' }) }))
    const body = { name: 'rival', actor: 'rival', roles: ['tenant' as const], tenant: 'rival' }
    const { secret } = await done(live.client.call(createToken, { body }))
    const rival = new ApiClient(live.serving.url, secret ?? '')
    expect((await done(rival.call(listWindows, { query: {} }))).items).toEqual([])
    for (const route of [showWindow, cancelWindow])
      expect(await rival.call(route, { params: { id: 'labs-own' } })).toMatchObject({
        problem: { code: 'notFound' },
      })
    expect(await rival.call(bookWindow, { body: booking({ id: 'taken' }) })).toMatchObject({
      problem: { code: 'notFound' },
    })
    await done(live.client.call(cancelWindow, { params: { id: 'labs-own' } }))
  })
})
