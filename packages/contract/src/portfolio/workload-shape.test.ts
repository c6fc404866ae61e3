import { expect, test } from 'vitest'
import { BUILT_IN, edited, smallPortfolio } from '../testing/small-portfolio.ts'
import { readPortfolio } from './read-portfolio.ts'

const WORK = 'workloads/work.yaml'

function read(instead: string) {
  return readPortfolio(smallPortfolio(edited(WORK, 'checkpoint: 30m', instead)), BUILT_IN)
}

test('a workload may say how few and how many workers, what starts with them, and how far they may be moved', () => {
  const result = read(`checkpoint: 30m
    movable: provider
    elastic: { smallest: 0.5, largest: 2, scaling: { value: 0.9, source: our runs }, resize: restart }
    roles:
      - { name: judge, perWorker: 0.5, accelerators: 1, accepts: [h100], within: node }`)
  const workload = result.ok ? result.value.workloads[0] : expect.fail(JSON.stringify(result.problems))
  expect(workload).toMatchObject({
    movable: 'provider',
    elastic: { smallest: 0.5, largest: 2, scaling: 0.9, restarts: true, settleMs: 600_000 },
    roles: [{ name: 'judge', members: { perWorker: 0.5 }, acceleratorsPerMember: 1, cpuCoresPerMember: 0 }],
  })
})

test.each([
  [
    'a restart without anything saved',
    'elastic: { smallest: 0.5, resize: restart }',
    '7:39 restartsWithoutSaving',
  ],
  [
    'a role of the workers’ name',
    'roles: [{ name: worker, members: 1, accelerators: 1, accepts: [h100] }]',
    '7:21 roleTwice',
  ],
  [
    'a further role that no node holds',
    'roles: [{ name: judge, members: 1, accelerators: 99, accepts: [h100] }]',
    '7:54 memberLargerThanNode',
  ],
  [
    'a role of so many and so many per worker',
    'roles: [{ name: judge, members: 1, perWorker: 2, accelerators: 1, accepts: [h100] }]',
    '7:37 badAlternative',
  ],
  ['saves without a pause', 'checkpoint: 0s', '7:17 numberOutOfRange'],
  [
    'more members of a role than a node holds',
    'roles: [{ name: judge, members: 2, accelerators: 8, accepts: [h100], within: node }]',
    '7:37 roleTooFarApart',
  ],
  ['a smallest size beyond the stated one', 'elastic: { smallest: 2 }', '7:26 numberOutOfRange'],
])('%s is a problem with its place', (_, instead, expected) => {
  const result = read(instead)
  const problems = result.ok ? [] : result.problems
  expect(problems.map(({ line, column, code }) => `${line}:${column} ${code}`)).toEqual([expected])
})
