import { expect, it } from 'vitest'
import { groupBy } from './group.ts'

it('groups by key, in the order in which keys and items first come', () => {
  const groups = groupBy([5, 2, 3, 4, 1], (n) => (n % 2 === 0 ? 'even' : 'odd'))
  expect([...groups]).toEqual([
    ['odd', [5, 3, 1]],
    ['even', [2, 4]],
  ])
})
