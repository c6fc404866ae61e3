import { expect, test } from 'vitest'
import { capacitySearch, slipsIn, slipText } from './capacity-search.ts'

test('what slips is written in the address as the command line takes it', () => {
  const slips = new Map([
    ['oracle/gb300/2027-q2', 30],
    ['oracle/gb300/2027-q1', 90],
    ['oracle/gb300/2027-q3', 0],
  ])
  const text = slipText(slips)
  expect(text).toBe('oracle/gb300/2027-q1=90d,oracle/gb300/2027-q2=30d')
  expect(slipsIn(text)).toEqual(new Map([...slips].filter(([, days]) => days > 0)))
})

test('a broken address slips nothing, and nothing is written where nothing slips', () => {
  expect(slipsIn('a=3d,a/b=x,a/b=-1d,a/b/c=999999d,,a/b=0d')).toEqual(new Map())
  expect(slipText(new Map())).toBeUndefined()
  expect(capacitySearch({ by: 'colour', slip: 3, pool: '' })).toEqual({ slip: '3' })
})
