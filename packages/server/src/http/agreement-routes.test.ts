import {
  addAgreement,
  amendAgreement,
  delayTranche,
  deliverTranche,
  exerciseOption,
  listAgreements,
  listAgreementVersions,
  showAgreement,
  showAgreementVersion,
  signAgreement,
} from '@offtake/contract/api/agreement-routes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LiveServer, startLiveServer } from '../testing/live-server.ts'
import { dayFromNow, H100, smallFiles } from '../testing/small-files.ts'

let live: LiveServer

beforeAll(async () => {
  live = await startLiveServer({ portfolio: smallFiles() })
})

afterAll(() => live.stop())

const [FIRST = '', SECOND = ''] = smallFiles().map(({ text }) => text)
const problem = (code: string) => ({ ok: false, problem: { code } })
const params = (id: string) => ({ params: { id } })

async function show(id: string) {
  const answer = await live.client.call(showAgreement, params(id))
  if (!answer.ok) throw new Error(answer.problem.detail)
  return { ...answer.value, etag: answer.etag ?? '' }
}

async function amend(id: string, text: string, match?: string) {
  const { etag } = await show(id)
  return live.client.call(amendAgreement, { ...params(id), body: { text }, match: match ?? etag })
}

function accelerators(): number {
  const free = live.serving.engine.allocator.state.poolById.get(H100)?.free
  let total = 0
  for (let node = 0; node < (free?.nodes ?? 0); node++)
    if (!free?.isRetired(node)) total += free?.capacityOf(node) ?? 0
  return total
}

describe('agreements', () => {
  test('are listed with where they stand, and shown with what is owed', async () => {
    const list = await live.client.call(listAgreements, { query: {} })
    expect(list).toMatchObject({
      value: {
        items: [
          {
            id: 'first',
            state: 'active',
            standing: 'counted',
            committed: '2000000.00',
            accelerators: 48,
            version: 1,
          },
          { id: 'second', state: 'draft', standing: 'draft', committed: null, accelerators: 16 },
        ],
        next: null,
      },
    })
    const drafts = await live.client.call(listAgreements, { query: { state: 'draft', limit: 1 } })
    expect(drafts).toMatchObject({ value: { items: [{ id: 'second' }], next: null } })
    const first = await show('first')
    expect(first).toMatchObject({
      etag: '"1"',
      file: 'agreements/first.yaml',
      text: FIRST,
      lines: [{ pool: H100 }],
    })
    const owed = Number(first.owed)
    // Of two millions over 730 days, 30 have passed.
    expect(owed).toBeGreaterThan(1_910_000)
    expect(owed).toBeLessThan(1_920_000)
    expect(await live.client.call(showAgreement, params('third'))).toMatchObject(problem('notFound'))
  })

  test('are amended by whoever has read them as they are, where the portfolio still holds together; who changes nothing makes no version', async () => {
    const text = FIRST.replace('Reserved H100', 'Reserved H100 # renamed')
    expect(await live.client.call(amendAgreement, { ...params('first'), body: { text } })).toMatchObject(
      problem('needsMatch'),
    )
    expect(await amend('first', text, '"9"')).toMatchObject(problem('stale'))
    expect(await amend('first', SECOND)).toMatchObject(problem('malformed'))
    expect(await amend('first', text.replace('32', '-32'))).toMatchObject({
      problem: { code: 'invalid', errors: [{ path: 'agreements/first.yaml:15:56' }] },
    })
    expect(await amend('first', text)).toMatchObject({
      ok: true,
      status: 200,
      etag: '"2"',
      value: { version: 2, text },
    })
    expect(await show('second')).toMatchObject({ etag: '"1"' })
    expect(await amend('first', text)).toMatchObject({ ok: true, etag: '"2"' })
  })

  test('keep every version, with who made it', async () => {
    expect(await live.client.call(listAgreementVersions, params('first'))).toMatchObject({
      value: {
        items: [
          { version: 2, actor: 'admin', action: 'agreementAmended', approvedBy: null, removed: false },
          { version: 1, actor: 'portfolio', action: 'portfolioImported' },
        ],
      },
    })
    const one = await live.client.call(showAgreementVersion, { params: { id: 'first', version: 1 } })
    expect(one).toMatchObject({ value: { text: FIRST } })
    const none = await live.client.call(showAgreementVersion, { params: { id: 'first', version: 7 } })
    expect(none).toMatchObject(problem('notFound'))
  })

  test('are added, also as fields of which a file is made, once', async () => {
    const agreement = {
      id: 'third',
      title: 'One: more',
      provider: 'north',
      instrument: 'onDemand',
      term: { start: '2026-01-01', until: '2030-01-01' },
    }
    const body = { agreement }
    expect(await live.client.call(addAgreement, { body })).toMatchObject({
      status: 201,
      value: { id: 'third', title: 'One: more', file: 'agreements/third.yaml' },
    })
    expect(await live.client.call(addAgreement, { body })).toMatchObject(problem('conflict'))
    const other = { text: SECOND.replace('id: second', 'id: ../../x') }
    expect(await live.client.call(addAgreement, { body: other })).toMatchObject(problem('invalid'))
  })
})

describe('a draft', () => {
  const tranche = { id: 'second', line: 'h100', tranche: 'all' }

  test('delivers nothing, and is signed once: then its machines are there', async () => {
    const early = await live.client.call(deliverTranche, { params: tranche, body: {} })
    expect(early).toMatchObject(problem('notSigned'))
    const future = { on: dayFromNow(3) }
    expect(await live.client.call(signAgreement, { ...params('second'), body: future })).toMatchObject(
      problem('inTheFuture'),
    )
    expect(accelerators()).toBe(32)
    expect(
      await live.client.call(signAgreement, { ...params('second'), body: {}, key: 'sign' }),
    ).toMatchObject({
      value: { state: 'active', text: `${SECOND.replace('draft', 'signed')}signed: ${dayFromNow(0)}\n` },
    })
    expect(accelerators()).toBe(48)
    const again = await live.client.call(signAgreement, { ...params('second'), body: {}, key: 'sign' })
    expect(again).toMatchObject({ ok: true })
    expect(await live.client.call(signAgreement, { ...params('second'), body: {} })).toMatchObject(
      problem('alreadySigned'),
    )
  })
})

describe('a tranche', () => {
  const soon = { id: 'first', line: 'h100', tranche: 'soon' }

  test('that was handed over early is there from then on, across a restart, and is handed over once', async () => {
    expect(await live.client.call(deliverTranche, { params: soon, body: {} })).toMatchObject({ ok: true })
    expect(accelerators()).toBe(64)
    await live.restart()
    expect(accelerators()).toBe(64)
    expect(await live.client.call(deliverTranche, { params: soon, body: {} })).toMatchObject(
      problem('alreadyDelivered'),
    )
    const late = { expected: dayFromNow(30) }
    expect(await live.client.call(delayTranche, { params: soon, body: late })).toMatchObject(
      problem('alreadyDelivered'),
    )
    const other = { ...soon, tranche: 'never' }
    expect(await live.client.call(deliverTranche, { params: other, body: {} })).toMatchObject(
      problem('notFound'),
    )
  })

  test('that is late after all is taken away until it comes', async () => {
    const all = { id: 'second', line: 'h100', tranche: 'all' }
    const body = { expected: dayFromNow(30), source: 'the provider: a "delay"' }
    expect(await live.client.call(delayTranche, { params: all, body })).toMatchObject({
      value: { lines: [{ tranches: [{ expected: `${dayFromNow(30)}T00:00:00.000Z` }] }] },
    })
    expect(accelerators()).toBe(48)
    const beyond = { expected: dayFromNow(3000) }
    expect(await live.client.call(delayTranche, { params: all, body: beyond })).toMatchObject(
      problem('invalid'),
    )
    expect(accelerators()).toBe(48)
  })
})

describe('an option', () => {
  test('is exercised within its window, once', async () => {
    const option = (name: string) => ({ params: { id: 'first', option: name } })
    expect(await live.client.call(exerciseOption, { ...option('later'), body: {} })).toMatchObject(
      problem('outsideWindow'),
    )
    const before = (await show('first')).until
    const after = await live.client.call(exerciseOption, { ...option('longer'), body: {} })
    expect(after).toMatchObject({ value: { options: [{ exercised: `${dayFromNow(0)}T00:00:00.000Z` }, {}] } })
    expect((await show('first')).until > before).toBe(true)
    expect(await live.client.call(exerciseOption, { ...option('longer'), body: {} })).toMatchObject(
      problem('alreadyExercised'),
    )
    expect(await live.client.call(exerciseOption, { ...option('none'), body: {} })).toMatchObject(
      problem('notFound'),
    )
  })
})

test('an agreement that has ended is amended no more', async () => {
  const ended = SECOND.replace('id: second', 'id: past')
    .replace('status: draft', `signed: ${dayFromNow(-90)}`)
    .replace(dayFromNow(-1), dayFromNow(-80))
    .replace(dayFromNow(365), dayFromNow(-10))
    .replace(dayFromNow(-1), dayFromNow(-80))
  expect(await live.client.call(addAgreement, { body: { text: ended } })).toMatchObject({
    value: { state: 'ended' },
  })
  expect(await amend('past', ended)).toMatchObject(problem('hasEnded'))
  const all = { id: 'past', line: 'h100', tranche: 'all' }
  expect(await live.client.call(deliverTranche, { params: all, body: {} })).toMatchObject(problem('hasEnded'))
})
