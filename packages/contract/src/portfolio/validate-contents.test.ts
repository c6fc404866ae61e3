import { expect, test } from 'vitest'
import { BUILT_IN, edited, smallPortfolio } from '../testing/small-portfolio.ts'
import { readPortfolio } from './read-portfolio.ts'

test('a price beyond what sums are exact for is a problem with its place', () => {
  const files = edited('agreements/alpha.yaml', 'floor: 1.80, cap: 2.90', 'floor: 1bn')
  const result = readPortfolio(smallPortfolio(files), BUILT_IN)
  expect(result.ok ? [] : result.problems).toMatchObject([
    {
      file: 'agreements/alpha.yaml',
      line: 20,
      column: 15,
      code: 'pricesTooLarge',
      message: expect.stringContaining('could cost more than 9007199254 an hour'),
    },
  ])
})
