import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runOfftake } from '../testing/run-offtake.ts'
import { inFolder } from '../testing/temporary-folder.ts'

const FLEET =
  'pools:\n  - provider: own\n    hardware: gpu\n    nodes:\n      - { domains: 2, acceleratorsPerNode: 8 }\n'
const TRACE = [
  'id,submitted,duration,accelerators',
  'early,2026-03-01T08:00Z,30m,2',
  'running,2026-03-01T08:00Z,1h,10',
  'head,2026-03-01T08:10Z,1h,12',
  'behind,2026-03-01T08:20Z,2h,6',
  'later,2026-03-02T08:00Z,1h,1',
].join('\n')

async function explain(gang: string, at: string, ...more: string[]) {
  return inFolder({ 'fleet.yaml': FLEET, 'trace.csv': `${TRACE}\n` }, (dir) =>
    runOfftake([
      'explain',
      ...['--fleet', join(dir, 'fleet.yaml'), '--trace', join(dir, 'trace.csv')],
      ...['--gang', gang, '--at', at],
      ...more,
    ]),
  )
}

test('one that waits is told why, until when, who holds its place, and what would start it now', async () => {
  const { code, out } = await explain('behind', '2026-03-01T08:40Z', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toEqual({
    gang: 'behind',
    at: '2026-03-01T08:40:00Z',
    state: 'waiting',
    since: '2026-03-01T08:20:00Z',
    pools: [
      {
        pool: 'own/anywhere/gpu',
        cause: { kind: 'promised', toGangId: 'head', start: '2026-03-01T09:00:00Z' },
      },
    ],
    eta: { at: '2026-03-01T10:00:00Z', range: null, isPromised: false },
    holders: [
      {
        gangId: 'running',
        tenant: expect.any(String),
        accelerators: expect.any(Number),
        until: '2026-03-01T09:00:00Z',
      },
    ],
    offers: [
      { kind: 'limit', limitMs: 1_200_000 },
      { kind: 'priority', priority: 1 },
    ],
  })
})

test('the same in words', async () => {
  const { out } = await explain('behind', '2026-03-01T08:40Z')
  expect(out).toContain('the room is promised to head from 2026-03-01T09:00:00Z on')
  expect(out).toContain('It is expected to start at 2026-03-01T10:00:00Z, in 80 min')
  expect(out).toContain('- a limit of 20 min')
})

test.each(['fifo', 'srtf', 'srsf', 'las-2d'])(
  'under %s it is told what goes before it, and its ETA comes true where nobody else comes',
  async (policy) => {
    const { code, out } = await explain('head', '2026-03-01T08:20Z', '--policy', policy, '--json')
    expect(code).toBe(0)
    const { state, pools, eta } = JSON.parse(out)
    expect(state).toBe('waiting')
    expect(pools).toMatchObject([{ cause: { kind: policy === 'fifo' ? 'noRoom' : 'rank' } }])
    const then = await explain('head', eta.at, '--policy', policy, '--json')
    expect(JSON.parse(then.out)).toMatchObject({ state: 'running', since: eta.at })
  },
)

test('one that runs, one that is over and one that is not yet there each get a clear answer', async () => {
  expect((await explain('running', '2026-03-01T08:40Z')).out).toMatch(
    /running runs in .* until 2026-03-01T09:00:00Z/,
  )
  expect((await explain('early', '2026-03-01T08:40Z')).out).toContain('early ended at 2026-03-01T08:30:00Z')
  expect((await explain('later', '2026-03-01T08:40Z')).out).toContain(
    'not submitted before 2026-03-02T08:00:00Z',
  )
})

test('a job that the trace does not have is bad input', async () => {
  const { code, err } = await explain('nobody', '2026-03-01T08:40Z')
  expect(code).toBe(2)
  expect(err).toContain('nobody unknownGang')
})
