import { setTimeout as sleep } from 'node:timers/promises'
import { followEvents } from '@offtake/contract/api/feed-routes'
import { cancelJob, showJob, submitJob } from '@offtake/contract/api/job-routes'
import { failPart, returnPart } from '@offtake/contract/api/pool-routes'
import { showCharges, showUsage } from '@offtake/contract/api/usage-routes'
import type { AllocationEvent } from '@offtake/core/allocation/events'
import { addMonths, DAY_MS, HOUR_MS, instant } from '@offtake/core/base/instant'
import { Meter } from '@offtake/core/usage/meter'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkedPortfolio } from '../portfolio/checked-portfolio.ts'
import { done } from '../testing/done.ts'
import { describeOnEachDatabase } from '../testing/each-database.ts'
import { GPU_POOL, gpuSupply } from '../testing/gpu-supply.ts'
import { type LiveServer, startLiveServer } from '../testing/live-server.ts'
import { H100, smallFiles } from '../testing/small-files.ts'
import { chargeRowOf, chargesOfMonth } from '../usage/charges.ts'
import { monthOfText, usageRows } from '../usage/usage-rows.ts'

let live: LiveServer

beforeAll(async () => {
  live = await startLiveServer({
    supply: gpuSupply({ domains: 2 }),
  })
})

afterAll(() => live.stop())

const job = (id: string, parts: object = {}) => ({
  body: { id, tenant: 'lab', accelerators: 8, hardware: ['gpu'], ...parts },
})

describe('usage', () => {
  test('is what was held, across evictions and restarts, up to now for what still runs', async () => {
    await done(live.client.call(submitJob, job('runs-on')))
    await done(
      live.client.call(submitJob, job('ends', { duration: '200s', accelerators: 2, tenant: 'other' })),
    )
    await sleep(150)
    await done(live.client.call(failPart, { params: { pool: GPU_POOL.id }, body: { nodes: { first: 0 } } }))
    await done(live.client.call(returnPart, { params: { pool: GPU_POOL.id }, body: { nodes: { first: 0 } } }))
    await live.restart()
    await expect
      .poll(async () => (await done(live.client.call(showJob, { params: { id: 'ends' } }))).state, {
        timeout: 5_000,
      })
      .toBe('finished')
    const until = new Date().toISOString()
    await sleep(20)
    const query = { by: 'total' as const, from: '2026-01-01', until }
    const { items } = await done(live.client.call(showUsage, { query }))
    const expected = await meteredHours(Date.parse(until))
    expect(items.map(({ tenant, pool }) => `${tenant} ${pool}`)).toEqual([
      `lab ${GPU_POOL.id}`,
      `other ${GPU_POOL.id}`,
    ])
    for (const { tenant, hours } of items) expect(hours).toBeCloseTo(expected.get(tenant) ?? 0, 5)
    await done(live.client.call(cancelJob, { params: { id: 'runs-on' } }))
  })

  test('is narrowed by tenant, pool and time', async () => {
    const of = async (query: object) => (await done(live.client.call(showUsage, { query }))).items
    expect((await of({ tenant: 'lab' })).map(({ tenant }) => tenant)).toEqual(['lab'])
    expect(await of({ pool: 'no/such/pool' })).toEqual([])
    expect(await of({ from: '2100-01-01' })).toEqual([])
    expect(await of({ from: '2026-01-01', until: '2026-01-02' })).toEqual([])
  })

  test('by the hour is of a week where nothing is said, and of 31 days at most', async () => {
    const of = (query: object) => live.client.call(showUsage, { query: { by: 'hour', ...query } })
    const { items } = await done(of({ limit: 10_000 }))
    expect(new Set(items.map(({ tenant }) => tenant))).toEqual(new Set(['lab', 'other']))
    expect(await of({ from: '2026-01-01', until: '2026-02-02' })).toMatchObject({
      problem: { code: 'malformed', errors: [{ path: 'query.from' }] },
    })
  })
})

/** Measured by the core from the journal's events, which knows nothing of the table. */
async function meteredHours(until: number): Promise<Map<string, number>> {
  const hours = new Map<string, number>()
  const meter = new Meter((span) => {
    const sum = hours.get(span.tenant) ?? 0
    hours.set(span.tenant, sum + (span.accelerators * (span.until - span.start)) / HOUR_MS)
  })
  for (const event of await allEvents()) meter.observe(event)
  meter.cut(instant(until))
  return hours
}

async function allEvents(): Promise<AllocationEvent[]> {
  const response = await live.client.send(followEvents, { query: { after: 0 } })
  const events: AllocationEvent[] = []
  const last = `id: ${live.serving.engine.seq}\n`
  let said = ''
  const decoder = new TextDecoder()
  for await (const piece of response.body ?? []) {
    said += decoder.decode(piece, { stream: true })
    if (said.includes(last) && said.endsWith('\n\n')) break
  }
  for (const [, data = '[]'] of said.matchAll(/^data: (.*)$/gm)) events.push(...JSON.parse(data))
  return events
}

describeOnEachDatabase('rows of usage', (fresh) => {
  test('are cut at midnight, exactly, and shares add up', async () => {
    const { db, close } = await fresh()
    const day = Date.UTC(2026, 4, 10)
    const span = { stay: 0, tenant: 'lab', pool: 'p' }
    await db
      .insertInto('usage_span')
      .values([
        {
          ...span,
          gang: 'a',
          n: 0,
          milli: 8_000,
          started_at: day - 3 * HOUR_MS,
          ended_at: day + 2 * HOUR_MS,
        },
        { ...span, gang: 'b', n: 0, milli: 250, started_at: day, ended_at: null },
        { ...span, gang: 'c', n: 0, milli: 250, started_at: day, ended_at: day },
      ])
      .execute()
    const asked = { from: day - 24 * HOUR_MS, until: day + 24 * HOUR_MS }
    expect(await usageRows(db, { ...asked, by: 'day' })).toEqual([
      { start: '2026-05-09T00:00:00.000Z', tenant: 'lab', pool: 'p', hours: 24 },
      { start: '2026-05-10T00:00:00.000Z', tenant: 'lab', pool: 'p', hours: 22 },
    ])
    expect(await usageRows(db, { ...asked, by: 'month' })).toMatchObject([{ hours: 46 }])
    expect(await usageRows(db, { ...asked, from: day + HOUR_MS, by: 'total' })).toMatchObject([
      { hours: 13.75 },
    ])
    await close()
  })
})

describeOnEachDatabase('rows of usage by the hour', (fresh) => {
  test('are there for every hour of a long span, and hold only a part of those in which it begins and ends', async () => {
    const { db, close } = await fresh()
    const day = Date.UTC(2026, 4, 10)
    const span = { stay: 0, n: 0, milli: 4_000 }
    const [start, end] = [day + 1.5 * HOUR_MS, day + 4.25 * HOUR_MS]
    await db
      .insertInto('usage_span')
      .values([
        { ...span, gang: 'a', tenant: 'lab', pool: 'p', started_at: start, ended_at: end },
        { ...span, gang: 'b', tenant: 'lab', pool: 'p', started_at: day + 3 * HOUR_MS, ended_at: null },
        { ...span, gang: 'c', tenant: 'lab', pool: 'q', started_at: start, ended_at: start + 1 },
      ])
      .execute()
    const rows = await usageRows(db, { from: day, until: day + 6 * HOUR_MS, by: 'hour' })
    const of = (pool: string) => rows.filter((row) => row.pool === pool).map(({ hours }) => hours)
    expect(of('p')).toEqual([2, 4, 8, 5, 4])
    expect(rows.filter(({ pool }) => pool === 'p').map(({ start: at }) => at.slice(11, 13))).toEqual([
      '01',
      '02',
      '03',
      '04',
      '05',
    ])
    expect(of('q')).toHaveLength(1)
    const cut = await usageRows(db, { from: day + 2.5 * HOUR_MS, until: day + 3.5 * HOUR_MS, by: 'hour' })
    expect(cut.map(({ hours }) => hours)).toEqual([2, 4])
    await close()
  })
})

describeOnEachDatabase('charges of a month', (fresh) => {
  const month = monthOfText(new Date().toISOString().slice(0, 7))
  const noon = month.start + 14.5 * DAY_MS

  test('are measured where use was metered, at the price of the agreement, and supposed elsewhere', async () => {
    const { db, close } = await fresh()
    const portfolio = checkedPortfolio(smallFiles())
    const entry = { seq: 1, at: noon - 20 * HOUR_MS, actor: 'a', command: '{}', events: '[]', hash: '' }
    await db
      .insertInto('journal')
      .values({ ...entry, result: null, idempotency_key: null, body_digest: null })
      .execute()
    const span = { gang: 'a', stay: 0, n: 0, tenant: 'research', pool: H100, milli: 32_000 }
    await db
      .insertInto('usage_span')
      .values({ ...span, started_at: noon - 15 * HOUR_MS, ended_at: noon - 5 * HOUR_MS })
      .execute()
    const asked = { start: instant(month.start), until: instant(month.until) }
    const charged = await chargesOfMonth(db, portfolio, asked, instant(noon))
    expect(charged.metered).toEqual({ start: entry.at, until: noon })
    expect(charged.missing).toEqual([])
    const measured = charged.charges.filter(({ basis }) => basis === 'measured').map(chargeRowOf)
    expect(measured).toMatchObject([
      { agreement: 'first', line: 'h100', kind: 'use', usedHours: 320, amount: '800.00' },
    ])
    const later = { start: instant(month.until), until: addMonths(instant(month.until), 1) }
    const next = await chargesOfMonth(db, portfolio, later, instant(noon))
    expect(next.metered).toBeUndefined()
    expect(next.charges.map(({ basis }) => basis)).not.toContain('measured')
    await close()
  })
})

describe('charges over HTTP', () => {
  test('need a portfolio, and a month that is one', async () => {
    expect(await live.client.call(showCharges, { query: { month: '2026-05' } })).toMatchObject({
      problem: { code: 'notFound' },
    })
    expect(await live.client.call(showCharges, { query: { month: '2026-13' } })).toMatchObject({
      problem: { code: 'malformed', errors: [{ path: 'query.month' }] },
    })
  })
})
