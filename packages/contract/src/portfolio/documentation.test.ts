import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { PROBLEM_CODES } from '../problems.ts'
import { fileSchemas } from './json-schemas.ts'
import { readPriceTable } from './price-table.ts'

const PAGE = readFileSync(new URL('../../../../docs/portfolio.md', import.meta.url), 'utf8')

/** The names of all fields in a schema, however deep. */
function fieldsOf(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(fieldsOf)
  if (schema === null || typeof schema !== 'object') return []
  return Object.entries(schema).flatMap(([name, part]) =>
    name === 'properties' && typeof part === 'object' && part !== null
      ? [...Object.keys(part), ...fieldsOf(Object.values(part))]
      : fieldsOf(part),
  )
}

/** Whether the page names a field, in a sentence, a table or an example. */
function isNamed(field: string): boolean {
  return new RegExp(`\`${field}\`|\\b${field}:|\`[^\`\n]*\\b${field}\\b[^\`\n]*\``).test(PAGE)
}

test.each(fileSchemas())('the page on portfolios names every field of $files', ({ schema }) => {
  const fields = [...new Set(fieldsOf(schema))]
  expect(fields.length).toBeGreaterThan(5)
  expect(fields.filter((field) => !isNamed(field))).toEqual([])
})

test('the page on portfolios names every column of a table of prices', () => {
  const heads = (cells: string[]) =>
    readPriceTable(
      { file: 'prices/a.csv', rows: [{ line: 1, cells }] },
      { file: 'prices/a.csv', currency: 'USD', buyer: 'us' },
    ).problems.map(({ message }) => message)
  const [message = ''] = heads(['series', 'from', 'perAcceleratorHour', 'zzzzzzzzzzzzzzzzzzzzzz'])
  const columns = message.replace(/^.*known are /, '').split(', ')
  expect(heads(columns)).toEqual([])
  expect(columns.filter((column) => !isNamed(column))).toEqual([])
})

test('the page on portfolios tells what every code means, and knows no other codes', () => {
  const [, table = ''] = PAGE.split('## Problems')
  const rows = [...table.matchAll(/^\| `(\w+)` \| (.+) \|$/gm)].map(([, code, meaning]) => [code, meaning])
  expect(Object.fromEntries(rows)).toEqual(PROBLEM_CODES)
})
