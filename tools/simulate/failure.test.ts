import { drawHistory } from '@offtake/core/simulation/histories/draw-history'
import { expect, test } from 'vitest'
import { failureOf, failureText } from './failure.ts'

test('an assertion that does not hold is a failure of its own name', () => {
  const history = drawHistory(5)
  const mayPass = (): boolean => {
    throw new Error('the policy decides')
  }
  expect(failureOf(history)).toBeUndefined()
  expect(failureOf({ ...history, policy: { name: 'broken', mayPass } })?.rule).toBe('the policy decides')
})

test('a policy that lets everybody pass is found out by the promises it breaks', () => {
  const rules = Array.from({ length: 20 }, (_, seed) => drawHistory(seed))
    .filter(({ isCalm }) => isCalm)
    .map((history) => failureOf({ ...history, policy: { name: 'rude', mayPass: () => true } })?.rule)
  expect(rules).toContain('startsAsPromised')
})

test('a failure is told with its rule, the line that replays it and what is left of the history', () => {
  const shortened = { ...drawHistory(4), jobs: [], tenants: [] }
  const text = failureText('4', { rule: 'queueIsInOrder', details: 'j2 before j1' }, shortened)
  const [rule, details, line, ...rest] = text.split('\n')
  expect(rule).toBe('seed 4 breaks queueIsInOrder')
  expect(details).toBe('j2 before j1')
  expect(line).toBe('npm run simulate -- 4')
  expect(rest[0]).toBe(`shortened to ${shortened.commands.length} commands and 0 jobs:`)
  expect(rest).toHaveLength(2 + shortened.commands.length)
})
