import { setTimeout as sleep } from 'node:timers/promises'
import { delayTranche, showAgreement, signAgreement } from '@offtake/contract/api/agreement-routes'
import { listApprovals } from '@offtake/contract/api/approval-routes'
import { showAttention } from '@offtake/contract/api/attention-routes'
import {
  readAgreementCalendar,
  readCalendar,
  showAgreementCalendar,
  showCalendar,
} from '@offtake/contract/api/calendar-routes'
import { showCapacity } from '@offtake/contract/api/capacity-routes'
import type { ApiClient } from '@offtake/contract/api/client'
import { listCommitments, listObligations } from '@offtake/contract/api/finance-routes'
import { submitJob } from '@offtake/contract/api/job-routes'
import { failPart, returnPart } from '@offtake/contract/api/pool-routes'
import { listMonthlyCharges } from '@offtake/contract/api/usage-routes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { done } from '../testing/done.ts'
import { type Served, served } from '../testing/served.ts'
import { dayFromNow, H100, smallFiles } from '../testing/small-files.ts'

let server: Served
let viewer: ApiClient
let planner: ApiClient

const EXTRA = `id: indexed
title: Ends soon
provider: south
instrument: capacity
signed: 2026-01-01
term: { start: 2026-02-01, until: ${dayFromNow(20)} }
renewal: { kind: automatic, months: 12, noticeDays: 15 }
documents: [{ name: The contract, link: 'https://files.lab/a.pdf' }]
prepayment: { amount: 100k, due: ${dayFromNow(12)} }
lines:
  - id: gpu
    hardware: h100
    region: us-west
    price: { kind: perAcceleratorHour, amount: { value: 2, assumed: as others pay } }
    tranches: [{ id: all, promised: ${dayFromNow(-4)}, accelerators: 8 }]
`

beforeAll(async () => {
  server = await served({ portfolio: [...smallFiles(), { path: 'agreements/indexed.yaml', text: EXTRA }] })
  viewer = server.client(await server.token('vera', ['viewer']))
  planner = server.client(await server.token('paul', ['planner']))
  await server.token('ann', ['approver'])
  // Half of what is there is in use, so that the use to come can be foreseen.
  const body = { id: 'runs', tenant: 'research', accelerators: 16, hardware: ['h100'], duration: '1000d' }
  await done(server.admin.call(submitJob, { body }))
  await sleep(1_500)
})

afterAll(() => server.close())

const at = (day: string) => `${day}T00:00:00.000Z`

describe('capacity over time', () => {
  test('is what is promised and delivered by pool, in steps', async () => {
    const query = { from: dayFromNow(-40), until: dayFromNow(100), pool: H100 }
    const { items, from } = await done(viewer.call(showCapacity, { query }))
    expect(from).toBe(at(dayFromNow(-40)))
    expect(items).toEqual([
      {
        pool: H100,
        provider: 'north',
        region: 'us-east',
        hardware: 'h100',
        fabric: 'default',
        steps: [
          { at: at(dayFromNow(-40)), promised: 0, delivered: 0 },
          { at: at(dayFromNow(-30)), promised: 32, delivered: 32 },
          { at: at(dayFromNow(10)), promised: 48, delivered: 48 },
        ],
      },
    ])
  })

  test('is of the whole horizon by default, and of no stretch that ends before it begins', async () => {
    const whole = await done(viewer.call(showCapacity, { query: {} }))
    expect(whole).toMatchObject({ from: at('2026-01-01'), until: at('2036-01-01') })
    expect(whole.items.map(({ pool }) => pool)).toEqual([H100, 'south/us-west/h100'])
    const wrong = await viewer.call(showCapacity, { query: { from: '2027-01-01', until: '2026-01-01' } })
    expect(wrong).toMatchObject({ problem: { code: 'malformed', errors: [{ path: 'query.until' }] } })
  })
})

describe('commitments', () => {
  test('burn down from what was committed to what would be trued up, and say what that rests on', async () => {
    const { items, currency } = await done(planner.call(listCommitments, { query: {} }))
    expect(currency).toBe('USD')
    expect(items).toHaveLength(1)
    const [first] = items
    expect(first).toMatchObject({
      agreement: 'first',
      provider: 'north',
      interval: 1,
      state: 'current',
      start: at(dayFromNow(-30)),
      until: at(dayFromNow(700)),
      committed: '2000000.00',
      owed: '2000000.00',
      carriedIn: '0.00',
    })
    const left = Number(first?.committed) - Number(first?.used)
    expect(Number(first?.remaining)).toBeCloseTo(left, 2)
    expect(Number(first?.trueUp)).toBeCloseTo(2_000_000 - Number(first?.foreseen), 2)
    const course = first?.course.map(({ remaining }) => Number(remaining)) ?? []
    expect(course.length).toBeGreaterThan(20)
    // Of the month before the journal began nobody knows what was used.
    expect(first).toMatchObject({ usedBasis: 'forecast', basis: 'forecast' })
    expect(course).toEqual(course.toSorted((a, b) => b - a))
  })

  test.each(['provider', 'agreement', 'kind', 'basis'] as const)(
    'are charged month by month, and add up to the total by %s',
    async (by) => {
      const { items, total, currency } = await done(planner.call(listMonthlyCharges, { query: { by } }))
      expect(currency).toBe('USD')
      expect(Number(total)).toBeGreaterThan(0)
      expect(items.reduce((sum, { amount }) => sum + Number(amount), 0)).toBeCloseTo(Number(total), 2)
      expect(items.map(({ month }) => month)).toEqual(items.map(({ month }) => month).toSorted())
      if (by === 'basis') for (const { key, basis } of items) expect(basis).toBe(key)
    },
  )

  test('are filtered, and not told to whoever may not see what is charged', async () => {
    const of = async (query: object) => (await done(planner.call(listCommitments, { query }))).items
    expect(await of({ agreement: 'second' })).toEqual([])
    expect(await of({ state: 'past' })).toEqual([])
    expect(await viewer.call(listCommitments, { query: {} })).toMatchObject({
      problem: { code: 'forbidden' },
    })
  })
})

describe('obligations', () => {
  test('are told by agreement and month, and add up to the total', async () => {
    const told = await done(viewer.call(listObligations, { query: {} }))
    const sum = told.items
      .flatMap(({ months }) => months)
      .reduce((all, { amount }) => all + Number(amount), 0)
    expect(sum).toBeCloseTo(Number(told.total), 1)
    expect(told.items.map(({ agreement }) => agreement)).toContain('first')
    const [first] = told.items
    expect(first?.months[0]?.month).toBe(dayFromNow(0).slice(0, 7))
    expect(first?.months.length).toBeGreaterThan(20)
    expect(told.byProvider.map(({ provider }) => provider)).toContain('north')
  })

  test('of drafts stand apart', async () => {
    const { items } = await done(viewer.call(listObligations, { query: { standing: 'draft' } }))
    expect(items.map(({ agreement, standing }) => `${agreement} ${standing}`)).toEqual(['second draft'])
  })
})

describe('the calendar', () => {
  test('has what is due under all that is signed, in order of time', async () => {
    const query = { from: dayFromNow(0), until: dayFromNow(30), limit: 500 }
    const { items } = await done(viewer.call(showCalendar, { query }))
    expect(items.map(({ kind, agreement }) => `${kind} ${agreement}`)).toEqual([
      'optionCloses first',
      'renewalNotice indexed',
      'deliveryPromised first',
      'prepaymentDue indexed',
      'termEnds indexed',
      'renewal indexed',
    ])
    expect(items[2]).toMatchObject({
      id: 'first/deliveryPromised/h100/soon',
      at: at(dayFromNow(10)),
      line: 'h100',
      tranche: 'soon',
      accelerators: 16,
      text: '16 h100 (h100/soon) promised',
    })
    expect(items[3]).toMatchObject({ amount: '100000.00', currency: 'USD' })
    const some = await done(viewer.call(showCalendar, { query: { ...query, kind: 'renewal' } }))
    expect(some.items).toHaveLength(1)
  })

  test('of one agreement is there for a draft, too, and ids are told apart', async () => {
    const of = (id: string) => viewer.call(showAgreementCalendar, { params: { id }, query: { limit: 500 } })
    expect((await done(of('second'))).items.map(({ kind }) => kind)).toContain('termStarts')
    const { items } = await done(of('first'))
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
    expect(await of('nobody')).toMatchObject({ problem: { code: 'notFound' } })
  })
})

describe('a calendar file', () => {
  const ofId = (id: string) => viewer.call(readAgreementCalendar, { params: { id }, query: {} })

  test('is what calendar programs read: whole days that keep their names', async () => {
    const response = await viewer.send(readCalendar, { query: {} })
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    const text = await response.text()
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2.0\r\n/)
    expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
    const whole = text.replaceAll('\r\n ', '')
    const day = dayFromNow(10).replaceAll('-', '')
    expect(whole).toContain('UID:first/deliveryPromised/h100/soon@offtake\r\n')
    expect(whole).toContain(`DTSTART;VALUE=DATE:${day}\r\n`)
    expect(whole).toContain('SUMMARY:first: 16 h100 (h100/soon) promised\r\n')
  })

  test('of one agreement has its own days alone', async () => {
    const text = (await done(ofId('second'))).replaceAll('\r\n ', '')
    expect(text).toContain('UID:second/termStarts@offtake')
    expect(text).not.toContain('UID:first')
    expect(await ofId('nobody')).toMatchObject({ problem: { code: 'notFound' } })
  })
})

describe('an agreement', () => {
  test('tells its terms and figures with where each comes from, and its documents', async () => {
    const told = await done(viewer.call(showAgreement, { params: { id: 'indexed' } }))
    expect(told.documents).toEqual([
      { name: 'The contract', dated: null, sha256: null, link: 'https://files.lab/a.pdf' },
    ])
    expect(told.figures).toEqual([
      {
        path: 'lines[0].price.amount',
        written: '2',
        provenance: { kind: 'assumed', said: 'as others pay' },
      },
    ])
    expect(told.terms.map(({ title }) => title)).toContain('Line gpu')
    const rows = told.terms.flatMap((section) => section.rows)
    expect(rows.find(({ label }) => label === 'price')).toMatchObject({
      provenance: { kind: 'assumed', said: 'as others pay' },
    })
    expect(rows.find(({ label }) => label === 'starts')?.provenance?.kind).toBe('stated')
  })
})

describe('what needs a person', () => {
  const kindsOf = async (client: ApiClient, query: object = {}) =>
    (await done(client.call(showAttention, { query }))).items

  test('is found in agreements, with when it is due and whom it is about', async () => {
    const items = await kindsOf(planner)
    const of = (kind: string) => items.filter((item) => item.kind === kind)
    expect(of('trancheOverdue')).toMatchObject([
      { severity: 'urgent', subject: { agreement: 'indexed', line: 'gpu', tranche: 'all' }, yours: true },
    ])
    expect(of('trancheDue')).toMatchObject([{ severity: 'soon', due: at(dayFromNow(10)), yours: true }])
    expect(of('optionCloses')).toMatchObject([
      { severity: 'urgent', subject: { agreement: 'first', option: 'longer' } },
    ])
    expect(of('renewalNotice')).toMatchObject([{ severity: 'urgent', due: at(dayFromNow(5)) }])
    expect(of('agreementEnds')).toMatchObject([{ severity: 'soon', subject: { agreement: 'indexed' } }])
    expect(of('prepaymentDue')).toMatchObject([{ amount: '100000.00', currency: 'USD', yours: false }])
    expect(of('commitmentAtRisk')).toMatchObject([{ subject: { agreement: 'first' }, currency: 'USD' }])
    expect(of('quotaBeyondCapacity')).toMatchObject([{ severity: 'notice', subject: { pool: H100 } }])
    const severities = items.map(({ severity }) => severity)
    expect(severities).toEqual([
      ...severities.filter((one) => one === 'urgent'),
      ...severities.filter((one) => one === 'soon'),
      ...severities.filter((one) => one === 'notice'),
    ])
  })

  test('looks as far ahead as it is asked', async () => {
    const kinds = (await kindsOf(planner, { days: 2 })).map(({ kind }) => kind)
    expect(kinds).not.toContain('trancheDue')
    expect(kinds).toContain('trancheOverdue')
  })

  test('is told as far as whoever asks may see it, with whether they may do something', async () => {
    const items = await kindsOf(viewer)
    expect(items.map(({ kind }) => kind)).not.toContain('commitmentAtRisk')
    expect(items.some(({ yours }) => yours)).toBe(false)
    const operator = server.client(await server.token('otto', ['operator']))
    expect((await kindsOf(operator)).find(({ kind }) => kind === 'trancheOverdue')?.yours).toBe(true)
  })

  test('is a delivery that comes late once somebody says so', async () => {
    const params = { id: 'first', line: 'h100', tranche: 'soon' }
    await done(server.admin.call(delayTranche, { params, body: { expected: dayFromNow(60) } }))
    const late = (await kindsOf(planner)).filter(({ kind }) => kind === 'trancheLate')
    expect(late).toMatchObject([
      { severity: 'notice', due: at(dayFromNow(60)), subject: { tranche: 'soon' } },
    ])
  })

  test('is a change that waits for a second person, and not that of whoever asked', async () => {
    await done(planner.call(signAgreement, { params: { id: 'second' }, body: {} }))
    const { items } = await done(planner.call(listApprovals, { query: { state: 'waiting' } }))
    expect(items).toHaveLength(1)
    const seen = async (client: ApiClient) =>
      (await kindsOf(client)).filter(({ kind }) => kind === 'approvalWaits')
    expect(await seen(planner)).toMatchObject([{ subject: { approval: items[0]?.id }, yours: false }])
    expect(await seen(server.admin)).toMatchObject([{ severity: 'urgent', yours: true }])
    await done(server.admin.call(signAgreement, { params: { id: 'second' }, body: {} }))
    const both = await seen(server.admin)
    expect(both.map(({ text, yours }) => `${text.split(' ')[0]} ${yours}`).sort()).toEqual([
      'admin false',
      'paul true',
    ])
  })

  test('is what failed, until it is back', async () => {
    const params = { pool: H100 }
    const of = async (kind: string) => (await kindsOf(viewer)).filter((item) => item.kind === kind)
    await done(server.admin.call(failPart, { params, body: { nodes: { first: 1 } } }))
    await done(server.admin.call(failPart, { params, body: { nodes: { first: 2, count: 2 } } }))
    expect(await of('nodesFailed')).toMatchObject([{ count: 1, subject: { pool: H100, node: 1 } }])
    expect(await of('outage')).toMatchObject([{ severity: 'urgent', subject: { pool: H100, node: 2 } }])
    await done(server.admin.call(returnPart, { params, body: { nodes: { first: 2, count: 2 } } }))
    await done(server.admin.call(returnPart, { params, body: { nodes: { first: 1 } } }))
    expect(await of('outage')).toEqual([])
    expect(await of('nodesFailed')).toEqual([])
  })
})
