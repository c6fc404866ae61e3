import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LiveServe, startLiveServe } from '../testing/live-serve.ts'
import { runOfftake } from '../testing/run-offtake.ts'
import { inFolder } from '../testing/temporary-folder.ts'

const START_UP = new URL('../../../../examples/start-up/', import.meta.url).pathname
const DRAFT = `id: later
title: More of them
provider: neocloud-a
instrument: capacity
status: draft
term: { start: 2020-01-01, until: 2100-01-01 }
lines:
  - id: h100
    hardware: h100
    region: eu-north
    price: { kind: perAcceleratorHour, amount: 2 }
    tranches:
      - { id: all, accelerators: 8, promised: 2020-01-01 }
`
const POOL = 'neocloud-a/eu-north/h100'
let served: LiveServe

beforeAll(async () => {
  served = await startLiveServe(START_UP)
})

afterAll(() => served.stop())

async function asActor<Value>(actor: string, role: string, body: () => Promise<Value>): Promise<Value> {
  const before = process.env.OFFTAKE_TOKEN
  const made = await runOfftake(['token', 'create', actor, '--role', role])
  process.env.OFFTAKE_TOKEN = made.out.trim()
  try {
    return await body()
  } finally {
    process.env.OFFTAKE_TOKEN = before
  }
}

describe('agreements of a live server', () => {
  test('are listed, shown, added, signed, delivered and kept in versions', async () => {
    expect((await runOfftake(['agreement', 'list'])).out).toMatch(/neocloud-a-reserved +\w+ +counted/)
    await inFolder({ 'later.yaml': DRAFT }, async (dir) => {
      expect((await runOfftake(['agreement', 'add', `${dir}/later.yaml`])).out).toBe(
        'later is draft, at version 2.\n',
      )
    })
    expect((await runOfftake(['tranche', 'deliver', 'later/h100/all'])).err).toBe(
      'offtake: notSigned: later is a draft (offtake agreement sign signs it)\n',
    )
    expect((await runOfftake(['agreement', 'sign', 'later'])).out).toBe('later is active, at version 3.\n')
    const late = ['tranche', 'late', 'later/h100/all', '--expected', '2090-01-01', '--source', 'a "letter"']
    expect((await runOfftake(late)).out).toBe('later is active, at version 4.\n')
    expect((await runOfftake(['agreement', 'show', 'later'])).out).toMatch(
      /h100\/all +neocloud-a\/eu-north\/h100 +8 +2020-01-01 +2090-01-01 +–/,
    )
    expect((await runOfftake(['tranche', 'deliver', 'later/h100/all', '--on', '2021-01-01'])).code).toBe(0)
    expect((await runOfftake(['agreement', 'show', 'later', '--text'])).out).toContain(
      'promised: 2020-01-01, expected: { value: 2090-01-01, source: "a \\"letter\\"" }, delivered: 2021-01-01 }',
    )
    expect((await runOfftake(['agreement', 'show', 'later', '--at-version', '2'])).out).toBe(DRAFT)
    expect((await runOfftake(['agreement', 'versions', 'later'])).out).toMatch(
      /5 +\S+ +admin +– +trancheDelivered/,
    )
  })

  test('are amended only as they were read', async () => {
    await inFolder({ 'later.yaml': DRAFT }, async (dir) => {
      const { code, err } = await runOfftake([
        'agreement',
        'amend',
        'later',
        `${dir}/later.yaml`,
        '--if-version',
        '2',
      ])
      expect(code).toBe(2)
      expect(err).toBe(
        'offtake: stale: it is at version 5 by now (look at it again, and repeat the change)\n',
      )
    })
  })

  test.each([
    [['tranche', 'deliver', 'later/h100'], 'a tranche is AGREEMENT/LINE/TRANCHE'],
    [['option', 'exercise', 'later'], 'an option is AGREEMENT/OPTION'],
    [['option', 'exercise', 'later/none'], 'notFound'],
    [['tenant', 'set-quota', 'research', POOL, 'many'], 'a whole number from 0 to 1000000000'],
    [['tenant', 'set-quota', 'nobody', POOL, '1'], 'notFound'],
    [['agreement', 'sign', 'later', '--on', 'soon'], 'malformed'],
    [['agreement', 'list', '--state', 'lost'], 'malformed'],
  ])('say what is wrong with %j', async (args, words) => {
    const { code, err } = await runOfftake(args)
    expect(code).toBe(2)
    expect(err).toContain(words)
  })
})

describe('tenants of a live server', () => {
  test('are a tree, and a quota that is set by one waits for another', async () => {
    expect((await runOfftake(['tenant', 'list'])).out).toMatch(/neocloud-a\S+ +24 +\d+ +\d+ +\d+$/m)
    const asked = await asActor('paul', 'planner', () =>
      runOfftake(['tenant', 'set-quota', 'research', POOL, '4']),
    )
    expect(asked.out).toContain(
      'Nothing is changed yet: a second person must approve it.\n  quotaChanged research',
    )
    const [, id = ''] = /offtake approval approve (\S+)/.exec(asked.out) ?? []
    expect((await runOfftake(['approval', 'list'])).out).toContain(id)
    expect((await runOfftake(['approval', 'show', id])).out).toContain(
      `offtake.yaml\n-       - { pool: ${POOL}, accelerators: 8 }\n+       - { pool: ${POOL}, accelerators: 4 }\n`,
    )
    expect((await runOfftake(['approval', 'approve', id])).out).toBe(
      `${id} was approved by admin: quotaSet research.\n`,
    )
    expect((await runOfftake(['tenant', 'list'])).out).toMatch(/research +neocloud-a\/eu-north\/h100 +4 /)
    expect((await runOfftake(['approval', 'list'])).out).toBe('Nothing waits for a second person.\n')
  })
})
