import {
  amendAgreement,
  listAgreementVersions,
  showAgreement,
  signAgreement,
} from '@offtake/contract/api/agreement-routes'
import { approve, listApprovals, reject, showApproval } from '@offtake/contract/api/approval-routes'
import { showAudit, verifyAudit } from '@offtake/contract/api/audit-routes'
import { ApiClient } from '@offtake/contract/api/client'
import { submitJob } from '@offtake/contract/api/job-routes'
import { replacePortfolio, showPortfolio } from '@offtake/contract/api/portfolio-routes'
import type { Role } from '@offtake/contract/api/role'
import { listTenants, setQuota, showTenant } from '@offtake/contract/api/tenant-routes'
import { createToken } from '@offtake/contract/api/token-routes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LiveServer, startLiveServer } from '../testing/live-server.ts'
import { H100, smallFiles, withWords } from '../testing/small-files.ts'

let live: LiveServer
let planner: ApiClient
let ada: ApiClient
let viewer: ApiClient

const problem = (code: string) => ({ ok: false, problem: { code } })
const first = { params: { id: 'first' } }
const second = { params: { id: 'second' } }

beforeAll(async () => {
  live = await startLiveServer({ portfolio: smallFiles(), approvalAbove: 8 })
})

afterAll(() => live.stop())

async function as(actor: string, roles: Role[], tenant?: string): Promise<ApiClient> {
  const body = { actor, roles, ...(tenant === undefined ? {} : { tenant }) }
  const made = await live.client.call(createToken, { body })
  if (!made.ok) throw new Error(made.problem.detail)
  return new ApiClient(live.serving.url, made.value.secret ?? '')
}

async function etag(): Promise<string> {
  const answer = await live.client.call(showAgreement, first)
  return (answer.ok && answer.etag) || ''
}

/** Asks for a change of the first agreement that a second person must approve. */
async function ask(words: string, client = planner): Promise<string> {
  const read = await live.client.call(showAgreement, first)
  if (!read.ok) throw new Error(read.problem.detail)
  const text = read.value.text.replace(/total: \S+,/, `total: ${words},`)
  const answer = await client.call(amendAgreement, { ...first, body: { text }, match: read.etag ?? '' })
  if (!answer.ok || !('approval' in answer.value)) throw new Error('nobody was asked')
  expect(answer.status).toBe(202)
  return answer.value.approval.id
}

async function committed(): Promise<string | null> {
  const answer = await live.client.call(showAgreement, first)
  return answer.ok ? answer.value.committed : null
}

test('whoever is alone needs nobody', async () => {
  const signed = await live.client.call(signAgreement, { ...second, body: {} })
  expect(signed).toMatchObject({ ok: true, status: 200, value: { state: 'active' } })
})

describe('where there are two, what one asks for waits for another', () => {
  beforeAll(async () => {
    planner = await as('paul', ['planner'])
    ada = await as('ada', ['approver', 'planner'])
    viewer = await as('vera', ['viewer'])
  })

  test('and is carried out when that one approves: the journal names both', async () => {
    const id = await ask('2.5m')
    expect(await committed()).toBe('2000000.00')
    expect(await viewer.call(listApprovals, { query: { state: 'waiting' } })).toMatchObject({
      value: {
        items: [
          {
            id,
            askedBy: 'paul',
            state: 'waiting',
            stale: false,
            reasons: [{ what: 'agreementChanged', target: 'first' }],
          },
        ],
      },
    })
    const shown = await viewer.call(showApproval, { params: { id } })
    expect(shown.ok && shown.value.changes[0]?.after).toContain('total: 2.5m')
    expect(shown.ok && shown.value.changes[0]?.before).toContain('total: 2m')
    expect(await ada.call(approve, { params: { id } })).toMatchObject({
      value: { state: 'approved', decidedBy: 'ada', askedBy: 'paul' },
    })
    expect(await committed()).toBe('2500000.00')
    expect(await live.client.call(listAgreementVersions, first)).toMatchObject({
      value: { items: [{ actor: 'paul', approvedBy: 'ada', action: 'agreementAmended' }, {}] },
    })
    const audit = await live.client.call(showAudit, { query: { target: id } })
    expect(audit).toMatchObject({
      value: {
        items: [
          {
            actor: 'ada',
            action: 'approvalGiven',
            detail: { askedBy: 'paul', for: 'agreementAmended', of: 'first' },
          },
        ],
      },
    })
  })

  test('and not by whoever asked, nor by whoever may not, nor twice', async () => {
    const id = await ask('2.6m', ada)
    expect(await ada.call(approve, { params: { id } })).toMatchObject(problem('sameActor'))
    expect(await viewer.call(approve, { params: { id } })).toMatchObject(problem('forbidden'))
    expect(await planner.call(approve, { params: { id } })).toMatchObject(problem('forbidden'))
    expect(await planner.call(reject, { params: { id }, body: {} })).toMatchObject(problem('forbidden'))
    expect(await committed()).toBe('2500000.00')
    expect(await live.client.call(approve, { params: { id }, key: 'yes' })).toMatchObject({ ok: true })
    expect(await live.client.call(approve, { params: { id }, key: 'yes' })).toMatchObject({ ok: true })
    expect(await live.client.call(approve, { params: { id } })).toMatchObject(problem('alreadyDecided'))
    expect(await committed()).toBe('2600000.00')
    expect(await live.client.call(approve, { params: { id: 'none' } })).toMatchObject(problem('notFound'))
  })

  test('and not where what it changes has changed in between', async () => {
    const [one, other] = [await ask('3m'), await ask('4m')]
    expect(await ada.call(approve, { params: { id: one } })).toMatchObject({ ok: true })
    expect(await ada.call(approve, { params: { id: other } })).toMatchObject(problem('stale'))
    expect(await ada.call(showApproval, { params: { id: other } })).toMatchObject({
      value: { state: 'waiting', stale: true },
    })
    expect(await committed()).toBe('3000000.00')
    const note = 'the other one'
    expect(await planner.call(reject, { params: { id: other }, body: { note } })).toMatchObject({
      value: { state: 'rejected', decidedBy: 'paul', note },
    })
    expect(await ada.call(approve, { params: { id: other } })).toMatchObject(problem('alreadyDecided'))
  })

  test('also where it comes in as a whole folder', async () => {
    const read = await live.client.call(showPortfolio, {})
    if (!read.ok) throw new Error('not read')
    const files = read.value.files
      .filter(({ path }) => !path.endsWith('second.yaml'))
      .map(({ path, text }) => ({ path, text }))
    const answer = await planner.call(replacePortfolio, { body: { files }, match: read.etag ?? '' })
    expect(answer).toMatchObject({
      status: 202,
      value: { approval: { reasons: [{ what: 'agreementRemoved', target: 'second' }] } },
    })
    expect(await live.client.call(showAgreement, second)).toMatchObject({ ok: true })
  })

  test('and what needs no second person does not wait', async () => {
    const read = await live.client.call(showAgreement, first)
    const text = (read.ok ? read.value.text : '').replace('kept as it is written', 'renamed')
    const answer = await planner.call(amendAgreement, { ...first, body: { text }, match: await etag() })
    expect(answer).toMatchObject({ status: 200, value: { text } })
  })
})

describe('tenants', () => {
  const holdings = async (id: string) => {
    const answer = await live.client.call(showTenant, { params: { id } })
    return answer.ok ? answer.value.holdings : []
  }

  test('own, use, borrow and lend', async () => {
    // Of 48 accelerators research owns 32 and product 16; guests own nothing and fill what they may borrow.
    for (const [tenant, accelerators] of [
      ['guests', 16],
      ['product', 16],
    ] as const)
      expect(
        await live.client.call(submitJob, {
          body: { tenant, accelerators, hardware: ['h100'], duration: '99d' },
        }),
      ).toMatchObject({ value: { state: 'running' } })
    const pool = H100
    expect(await holdings('research')).toEqual([{ pool, owned: 32, used: 0, borrowed: 0, lent: 16 }])
    expect(await holdings('product')).toEqual([
      { pool: '*', owned: 0, used: 16, borrowed: 16, lent: 0 },
      { pool, owned: 16, used: 16, borrowed: 0, lent: 0 },
    ])
    expect(await holdings('guests')).toContainEqual({ pool, owned: 0, used: 16, borrowed: 16, lent: 0 })
    expect(await holdings('lab')).toContainEqual({ pool, owned: 48, used: 16, borrowed: 0, lent: 16 })
  })

  test('see themselves and those below them alone', async () => {
    const lab = await as('lara', ['tenant'], 'lab')
    const guests = await as('gus', ['tenant'], 'guests')
    const idsOf = async (client: ApiClient) => {
      const answer = await client.call(listTenants, {})
      return answer.ok ? answer.value.items.map(({ id }) => id) : []
    }
    expect(await idsOf(live.client)).toEqual(['lab', 'research', 'product', 'guests'])
    expect(await idsOf(lab)).toEqual(['lab', 'research', 'product'])
    expect(await idsOf(guests)).toEqual(['guests'])
    expect(await guests.call(showTenant, { params: { id: 'lab' } })).toMatchObject(problem('notFound'))
    expect(await lab.call(showTenant, { params: { id: 'product' } })).toMatchObject({
      value: { parent: 'lab' },
    })
    expect(await lab.call(showPortfolio, {})).toMatchObject(problem('forbidden'))
  })

  test('get another quota in the settings and in the allocator at once, by one person up to the sum that is set', async () => {
    const set = async (accelerators: number, client = planner) => {
      const read = await client.call(showTenant, { params: { id: 'product' } })
      return client.call(setQuota, {
        params: { id: 'product' },
        body: { pool: H100, accelerators },
        match: (read.ok && read.etag) || '',
      })
    }
    const quota = () => live.serving.engine.allocator.state.tenants.find(({ id }) => id === 'product')?.quotas
    expect(await set(24)).toMatchObject({
      status: 200,
      value: { quotas: [{ pool: H100, accelerators: 24 }] },
    })
    expect(quota()).toEqual([{ pool: H100, accelerators: 24 }])
    const files = await live.client.call(showPortfolio, {})
    const settings = withWords(
      smallFiles(),
      'accelerators: 16 # for the site',
      'accelerators: 24 # for the site',
    )
    expect(files.ok && files.value.files.at(-1)?.text).toBe(settings.at(-1)?.text)
    expect(await set(40)).toMatchObject({
      status: 202,
      value: { approval: { reasons: [{ what: 'quotaChanged' }] } },
    })
    expect(quota()).toEqual([{ pool: H100, accelerators: 24 }])
    const stale = { params: { id: 'product' }, body: { pool: H100, accelerators: 1 }, match: '"1"' }
    expect(await planner.call(setQuota, stale)).toMatchObject(problem('stale'))
    expect(await viewer.call(setQuota, stale)).toMatchObject(problem('forbidden'))
    const wrong = { params: { id: 'product' }, body: { pool: 'no/such/pool', accelerators: 1 }, match: '*' }
    expect(await planner.call(setQuota, wrong)).toMatchObject(problem('invalid'))
    expect(await planner.call(setQuota, { ...wrong, params: { id: 'nobody' } })).toMatchObject(
      problem('notFound'),
    )
  })
})

test('the journal of all that verifies', async () => {
  expect(await live.client.call(verifyAudit, {})).toMatchObject({ value: { kind: 'whole' } })
})
