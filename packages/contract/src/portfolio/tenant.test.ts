import { HOUR_MS } from '@offtake/core/base/instant'
import { expect, test } from 'vitest'
import { BUILT_IN, edited, smallPortfolio } from '../testing/small-portfolio.ts'
import { readPortfolio } from './read-portfolio.ts'

const MAIN = 'offtake.yaml'

test('weights, what is forgotten and what waiting adds are read, and nothing of them where nobody asks', () => {
  const plain = readPortfolio(smallPortfolio(), BUILT_IN)
  expect(plain.ok && plain.value.order).toBeUndefined()
  const more = 'shareHalfLife: 2d\npriorityAging: 90m\ntenants:\n  - id: lab\n    weight: 2.5'
  const read = readPortfolio(smallPortfolio(edited(MAIN, 'tenants:\n  - id: lab', more)), BUILT_IN)
  const portfolio = read.ok ? read.value : expect.fail(JSON.stringify(read.problems))
  expect(portfolio.order).toEqual({ shareHalfLifeMs: 48 * HOUR_MS, priorityAgingMs: 1.5 * HOUR_MS })
  expect(portfolio.tenants.map(({ weight }) => weight)).toEqual([2.5, undefined])
})

test('a weight or a time that is not above nothing is a problem', () => {
  const wrong = 'shareHalfLife: 0s\npriorityAging: 0s\ntenants:\n  - id: lab\n    weight: 0'
  const read = readPortfolio(smallPortfolio(edited(MAIN, 'tenants:\n  - id: lab', wrong)), BUILT_IN)
  const problems = read.ok ? [] : read.problems.map(({ line, code }) => `${line} ${code}`)
  expect(problems).toEqual(['6 numberOutOfRange', '7 numberOutOfRange', '10 numberOutOfRange'])
})
