import { expect, test } from 'vitest'
import { readPriceTable } from './price-table.ts'

const READING = { file: 'prices/list.csv', currency: 'USD', buyer: 'lab' }
const HEAD = ['series', 'from', 'perAcceleratorHour', 'source', 'assumed', 'derived']

function problemsOf(...cells: readonly string[]): string[] {
  const rows = [
    { line: 1, cells: HEAD },
    { line: 2, cells },
  ]
  const { points, problems } = readPriceTable({ file: READING.file, rows }, READING)
  expect(points).toHaveLength(problems.length === 0 ? 1 : 0)
  return problems.map(({ line, code }) => `${line} ${code}`)
}

test('a price holds from a day between 1970 and 2199, as everywhere else', () => {
  expect(problemsOf('alpha/h100', '2026-01-01', '3', '', '', '')).toEqual([])
  expect(problemsOf('alpha/h100', '1969-12-31', '3', '', '', '')).toEqual(['2 dateOutOfRange'])
  expect(problemsOf('alpha/h100', '2300-01-01', '3', '', '', '')).toEqual(['2 dateOutOfRange'])
})

test('a price is stated, derived or assumed, and only one of them', () => {
  expect(problemsOf('alpha/h100', '2026-01-01', '3', 'a list', '', '')).toEqual([])
  expect(problemsOf('alpha/h100', '2026-01-01', '3', 'a list', 'a guess', '')).toEqual(['2 badProvenance'])
  expect(problemsOf('alpha/h100', '2026-01-01', '3', '', 'a guess', 'a rule')).toEqual(['2 badProvenance'])
})
