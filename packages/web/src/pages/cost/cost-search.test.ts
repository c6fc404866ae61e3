import { expect, test } from 'vitest'
import { costSearch, monthText } from './cost-search.ts'

test('an address that names no month shows the page without one', () => {
  expect(costSearch({ by: 'kind', month: '2026-13', agreement: 'oracle' })).toEqual({
    by: 'kind',
    agreement: 'oracle',
  })
  expect(costSearch({ by: 'colour', month: '2026-12' })).toEqual({ month: '2026-12' })
})

test('months are counted over the ends of years, in UTC', () => {
  const last = Date.parse('2026-12-31T23:30:00Z')
  expect([monthText(last), monthText(last, 1), monthText(last, -12)]).toEqual([
    '2026-12',
    '2027-01',
    '2025-12',
  ])
})
