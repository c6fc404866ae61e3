import type { ApiClient } from '@offtake/contract/api/client'
import { followEvents } from '@offtake/contract/api/feed-routes'
import {
  cancelJob,
  explainJob,
  listJobs,
  listStays,
  readLog,
  showJob,
  submitJob,
} from '@offtake/contract/api/job-routes'
import { showQueue } from '@offtake/contract/api/queue-routes'
import {
  applyService,
  listServices,
  removeService,
  scaleService,
  showService,
  showServiceHistory,
} from '@offtake/contract/api/served-routes'
import { listTenants, showTenant } from '@offtake/contract/api/tenant-routes'
import { whoAmI } from '@offtake/contract/api/token-routes'
import { showUsage } from '@offtake/contract/api/usage-routes'
import { bookWindow, cancelWindow, listWindows, showWindow } from '@offtake/contract/api/window-routes'
import { instant } from '@offtake/core/base/instant'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contractRoutes } from '../testing/contract-routes.ts'
import { type Served, served } from '../testing/served.ts'

const TENANTS = [
  { id: 'lab', name: 'Lab', quotas: [] },
  { id: 'lab-vision', name: 'Vision', parent: 'lab', quotas: [] },
  { id: 'rival', name: 'Rival', quotas: [] },
]
/** In all that is the rival's, so that it is found wherever it shows. */
const MARK = 'marked-as-the-rivals'
const RIVAL_JOB = `job-${MARK}`

/** What is free on the one node that nobody uses. */
const FREE = 8
const WINDOW = `window-${MARK}`
const SERVICE = `service-${MARK}`

const serviceOf = (tenant: string) => ({
  tenant,
  replica: { acceleratorsPerMember: 1, accepts: ['gpu'] },
  replicas: 1,
})

const windowOf = (tenant: string, id: string) => ({
  id,
  tenant,
  members: 1,
  acceleratorsPerMember: 1,
  accepts: ['gpu'],
  start: '2101-01-01',
  until: '2101-01-02',
})

let server: Served
let lab: ApiClient
let vision: ApiClient
let rival: ApiClient

const job = (tenant: string, id: string, parts: object = {}) => ({
  body: { id, tenant, name: `${id} by name`, accelerators: 2, hardware: ['gpu'], ...parts },
})

beforeAll(async () => {
  server = await served({
    supply: [
      { at: instant(0), key: 'tenants', command: { kind: 'setTenants', tenants: TENANTS, noticeMs: 0 } },
    ],
  })
  lab = server.client(await server.token('ada', ['tenant'], 'lab'))
  vision = server.client(await server.token('eve', ['tenant'], 'lab-vision'))
  rival = server.client(await server.token(`riv-${MARK}`, ['tenant'], 'rival'))
  expect(await rival.call(submitJob, job('rival', RIVAL_JOB))).toMatchObject({ ok: true })
  expect(await lab.call(submitJob, job('lab', 'job-of-lab'))).toMatchObject({ ok: true })
  expect(await vision.call(submitJob, job('lab-vision', 'job-of-vision'))).toMatchObject({ ok: true })
})

afterAll(() => server.close())

/** What each route that tenants may ask gives to one that asks for what is another's. */
const ASKED_BY_ANOTHER: Readonly<Record<string, () => Promise<void>>> = {
  showJob: async () => {
    const of = (id: string) => lab.call(showJob, { params: { id } })
    expect(await of(RIVAL_JOB)).toMatchObject({ ok: false, problem: { status: 404, code: 'notFound' } })
    expect(await of('job-of-nobody')).toMatchObject({ problem: { status: 404, code: 'notFound' } })
    expect(await of('job-of-vision')).toMatchObject({ ok: true })
    expect(await vision.call(showJob, { params: { id: 'job-of-lab' } })).toMatchObject({ ok: false })
  },
  listJobs: async () => {
    const idsOf = async (client: ApiClient, query: object = {}): Promise<string[]> => {
      const answer = await client.call(listJobs, { query: { limit: 500, ...query } })
      if (!answer.ok) throw new Error(answer.problem.detail)
      return answer.value.items.map(({ id }) => id).sort()
    }
    expect(await idsOf(lab)).toEqual(['job-of-lab', 'job-of-vision'])
    expect(await idsOf(vision)).toEqual(['job-of-vision'])
    expect(await idsOf(rival)).toEqual([RIVAL_JOB])
    expect(await idsOf(lab, { tenant: 'rival' })).toEqual([])
    expect(await idsOf(server.admin)).toEqual([RIVAL_JOB, 'job-of-lab', 'job-of-vision'].sort())
  },
  submitJob: async () => {
    for (const tenant of ['rival', 'of-nobody'])
      expect(await lab.call(submitJob, job(tenant, 'job-for-another'))).toMatchObject({
        problem: { status: 404, code: 'notFound', detail: `there is no tenant '${tenant}'` },
      })
    expect(await vision.call(submitJob, job('lab', 'job-above'))).toMatchObject({ problem: { status: 404 } })
    expect(await lab.call(submitJob, job('lab-vision', 'job-below'))).toMatchObject({ ok: true })
    expect(await server.admin.call(showJob, { params: { id: 'job-for-another' } })).toMatchObject({
      ok: false,
    })
    await server.admin.call(cancelJob, { params: { id: 'job-below' } })
  },
  cancelJob: async () => {
    expect(await lab.call(cancelJob, { params: { id: RIVAL_JOB } })).toMatchObject({
      problem: { status: 404 },
    })
    expect(await vision.call(cancelJob, { params: { id: 'job-of-lab' } })).toMatchObject({ ok: false })
    expect(await rival.call(showJob, { params: { id: RIVAL_JOB } })).toMatchObject({
      value: { endedAt: null },
    })
  },
  followEvents: async () => {
    const stream = await follow(lab, 0)
    await rival.call(submitJob, job('rival', `live-${MARK}`, { duration: '1s' }))
    await lab.call(submitJob, job('lab', 'live-of-lab', { duration: '1s' }))
    await expect.poll(() => ended(stream.said(), 'live-of-lab'), { timeout: 5_000 }).toBe(true)
    stream.end()
    expect(stream.said()).toContain('job-of-lab')
    expect(stream.said()).toContain('job-of-vision')
    for (const other of ['rival', 'poolOpened', 'tenantsSet', MARK])
      expect(stream.said()).not.toContain(other)
    const all = await follow(server.admin, 0)
    await expect.poll(() => ended(all.said(), `live-${MARK}`), { timeout: 5_000 }).toBe(true)
    all.end()
    expect(all.said()).toContain('tenantsSet')
  },
  explainJob: async () => {
    const params = { id: RIVAL_JOB }
    expect(await lab.call(explainJob, { params })).toMatchObject({ problem: { status: 404 } })
    await rival.call(submitJob, job('rival', `all-${MARK}`, { accelerators: FREE }))
    await lab.call(submitJob, job('lab', 'waits', { accelerators: FREE }))
    const told = await lab.call(explainJob, { params: { id: 'waits' } })
    expect(told).toMatchObject({ ok: true, value: { state: 'waiting' } })
    expect(JSON.stringify(told)).toContain('"tenant":null')
    expect(JSON.stringify(told)).not.toContain(MARK)
    expect(JSON.stringify(told)).not.toContain('rival')
    await server.admin.call(cancelJob, { params: { id: `all-${MARK}` } })
    await server.admin.call(cancelJob, { params: { id: 'waits' } })
  },
  listStays: async () => {
    const of = (client: ApiClient, id: string) => client.call(listStays, { params: { id }, query: {} })
    expect(await of(lab, RIVAL_JOB)).toMatchObject({ problem: { status: 404, code: 'notFound' } })
    expect(await of(vision, 'job-of-lab')).toMatchObject({ ok: false })
    expect(await of(lab, 'job-of-vision')).toMatchObject({ value: { items: [{ stay: 0 }] } })
  },
  readLog: async () => {
    const told = await lab.call(readLog, { params: { id: RIVAL_JOB }, query: {} })
    expect(told).toMatchObject({ problem: { detail: `there is no job '${RIVAL_JOB}'` } })
  },
  bookWindow: async () => {
    expect(await rival.call(bookWindow, { body: windowOf('rival', WINDOW) })).toMatchObject({ ok: true })
    expect(await lab.call(bookWindow, { body: windowOf('rival', 'w') })).toMatchObject({
      problem: { status: 404, detail: "there is no tenant 'rival'" },
    })
  },
  listWindows: async () => {
    expect(await lab.call(listWindows, { query: {} })).toMatchObject({ value: { items: [] } })
    expect(await rival.call(listWindows, { query: {} })).toMatchObject({ value: { items: [{ id: WINDOW }] } })
  },
  showWindow: async () => {
    expect(await lab.call(showWindow, { params: { id: WINDOW } })).toMatchObject({ problem: { status: 404 } })
  },
  cancelWindow: async () => {
    expect(await lab.call(cancelWindow, { params: { id: WINDOW } })).toMatchObject({
      problem: { status: 404 },
    })
    expect(await rival.call(showWindow, { params: { id: WINDOW } })).toMatchObject({ ok: true })
  },
  listTenants: async () => {
    const told = await lab.call(listTenants, {})
    expect(told.ok && told.value.items.map(({ id, parent }) => `${id} < ${parent}`)).toEqual([
      'lab < null',
      'lab-vision < lab',
    ])
    expect(await vision.call(listTenants, {})).toMatchObject({
      value: { items: [{ id: 'lab-vision', parent: null }] },
    })
  },
  showTenant: async () => {
    for (const id of ['rival', 'nobody'])
      expect(await lab.call(showTenant, { params: { id } })).toMatchObject({
        problem: { status: 404, detail: `there is no tenant '${id}'` },
      })
    expect(await vision.call(showTenant, { params: { id: 'lab' } })).toMatchObject({ ok: false })
  },
  showUsage: async () => {
    const tenantsOf = async (client: ApiClient): Promise<string[]> => {
      const told = await client.call(showUsage, { query: { by: 'total' } })
      return told.ok ? told.value.items.map(({ tenant }) => tenant) : [told.problem.detail]
    }
    expect(await tenantsOf(lab)).toEqual(['lab', 'lab-vision'])
    expect(await tenantsOf(rival)).toEqual(['rival'])
  },
  applyService: async () => {
    const applied = (client: ApiClient, tenant: string, id: string) =>
      client.call(applyService, { params: { id }, body: serviceOf(tenant) })
    expect(await applied(rival, 'rival', SERVICE)).toMatchObject({ ok: true })
    expect(await applied(lab, 'rival', 'for-another')).toMatchObject({ problem: { status: 404 } })
    expect(await applied(lab, 'lab', SERVICE)).toMatchObject({ problem: { status: 409 } })
  },
  listServices: async () => {
    expect(await lab.call(listServices, { query: {} })).toMatchObject({ value: { items: [] } })
    expect(await rival.call(listServices, { query: {} })).toMatchObject({
      value: { items: [{ id: SERVICE }] },
    })
  },
  showService: async () => {
    expect(await lab.call(showService, { params: { id: SERVICE } })).toMatchObject({
      problem: { status: 404 },
    })
  },
  showServiceHistory: async () => {
    const given = { params: { id: SERVICE }, query: {} }
    expect(await lab.call(showServiceHistory, given)).toMatchObject({ problem: { status: 404 } })
    expect(await rival.call(showServiceHistory, given)).toMatchObject({
      value: { wanted: [{ replicas: 1 }] },
    })
  },
  showQueue: async () => {
    await rival.call(submitJob, job('rival', `queues-${MARK}`, { accelerators: 16 }))
    await rival.call(submitJob, job('rival', `also-${MARK}`, { accelerators: 16 }))
    expect(await lab.call(showQueue, {})).toMatchObject({ value: { jobs: 0, byTenant: [], oldest: null } })
    const theirs = await rival.call(showQueue, {})
    expect(theirs.ok && theirs.value.byTenant.map(({ tenant }) => tenant)).toEqual(['rival'])
    for (const id of [`queues-${MARK}`, `also-${MARK}`])
      await server.admin.call(cancelJob, { params: { id } })
  },
  scaleService: async () => {
    const given = { params: { id: SERVICE }, body: { replicas: 0 } }
    expect(await lab.call(scaleService, given)).toMatchObject({ problem: { status: 404 } })
  },
  removeService: async () => {
    expect(await lab.call(removeService, { params: { id: SERVICE } })).toMatchObject({
      problem: { status: 404 },
    })
    expect(await rival.call(showService, { params: { id: SERVICE } })).toMatchObject({ value: { wanted: 1 } })
    await rival.call(removeService, { params: { id: SERVICE } })
  },
  whoAmI: async () => {
    expect(await lab.call(whoAmI, {})).toMatchObject({ value: { actor: 'ada', tenant: 'lab' } })
  },
}

describe('a tenant that asks for what is another’s', () => {
  test.each(Object.entries(ASKED_BY_ANOTHER))('gets nothing of it by %s', async (_, asks) => asks())
})

test('every route that tenants may ask is asked in this test', async () => {
  const theirs = (await contractRoutes()).filter(({ may }) => may !== 'anybody' && may.includes('tenant'))
  expect(theirs.map(({ id }) => id).sort()).toEqual(Object.keys(ASKED_BY_ANOTHER).sort())
})

test('whatever a tenant asks, nothing of another’s is in the answer', async () => {
  for (const { method, path } of await contractRoutes()) {
    if (path === followEvents.path) continue
    const response = await lab.send(
      { ...showJob, method, path: path.replaceAll(/\{\w+\}/g, RIVAL_JOB) } as never,
      (method === 'GET' ? {} : { body: { id: RIVAL_JOB, tenant: 'rival' } }) as never,
    )
    const said = (await response.text()).replaceAll(new RegExp(`there is no \\w+ '${RIVAL_JOB}'`, 'g'), '')
    expect(said, `${method} ${path}`).not.toContain(MARK)
  }
})

test('a stream ends when its token is revoked', async () => {
  const { revokeToken, listTokens } = await import('@offtake/contract/api/token-routes')
  const stream = await follow(server.client(await server.token('brief', ['viewer'])), 0)
  const page = await server.admin.call(listTokens, { query: {} })
  if (!page.ok) throw new Error(page.problem.detail)
  const id = page.value.items.find(({ actor }) => actor === 'brief')?.id ?? ''
  expect(stream.isOver()).toBe(false)
  await server.admin.call(revokeToken, { params: { id } })
  await expect.poll(() => stream.isOver(), { timeout: 4_000 }).toBe(true)
})

function ended(said: string, gangId: string): boolean {
  return said.includes(`{"kind":"finished"`) && new RegExp(`finished[^}]*${gangId}"`).test(said)
}

async function follow(client: ApiClient, after: number) {
  const abort = new AbortController()
  const response = await client.send(followEvents, { query: { after } }, { signal: abort.signal })
  let said = ''
  let isOver = false
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) said += decoder.decode(chunk, { stream: true })
  }
  read()
    .catch(() => undefined)
    .finally(() => {
      isOver = true
    })
  return { said: () => said, isOver: () => isOver, end: () => abort.abort() }
}
