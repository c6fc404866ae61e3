import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LiveServe, startLiveServe } from '../testing/live-serve.ts'
import { runOfftake } from '../testing/run-offtake.ts'

const POOL = 'this-machine/local/slot'

let served: LiveServe

beforeAll(async () => {
  served = await startLiveServe()
})

afterAll(() => served.stop())

test('pools are listed with what runs them', async () => {
  const { code, out } = await runOfftake(['pool', 'list'])
  expect(code).toBe(0)
  expect(out).toMatch(/this-machine\/local\/slot\s+local/)
})

describe('a node', () => {
  test('is drained, listed as out of service, and brought back', async () => {
    const drained = await runOfftake(['node', 'drain', POOL, '--nodes', '0', '--by', '2150-01-01'])
    expect(drained).toMatchObject({
      code: 0,
      out: `drain of ${POOL} node 0: out of service by 2150-01-01T00:00:00.000Z\n`,
    })
    expect((await runOfftake(['node', 'list', POOL, '--state', 'draining'])).out).toMatch(
      /0\s+0\s+draining\s+1\s+/,
    )
    const back = await runOfftake(['node', 'return', POOL, '--nodes', '0', '--json'])
    expect(JSON.parse(back.out)).toEqual({ ended: [`drain of ${POOL} node 0`], nodes: 0, others: [] })
  })

  test('fails and returns', async () => {
    expect((await runOfftake(['node', 'fail', POOL, '--nodes', '1'])).out).toBe(
      'one node is out of service\n',
    )
    expect((await runOfftake(['node', 'return', POOL, '--nodes', '1'])).out).toBe(
      'one node is in service again\n',
    )
  })

  test('that is not there is a problem in one line', async () => {
    expect(await runOfftake(['node', 'fail', POOL, '--nodes', '5000'])).toEqual({
      code: 2,
      out: '',
      err: 'offtake: refused: body.nodes: the pool has no such node\n',
    })
    expect((await runOfftake(['node', 'list', 'no/such/pool'])).err).toContain('notFound')
    expect((await runOfftake(['node', 'drain', POOL, '--nodes', '7-3'])).code).toBe(2)
    expect((await runOfftake(['node', 'drain', POOL, '--by', '2001-01-01'])).err).toContain(
      'the moment is over',
    )
  })
})
