import type { AcceleratorMs } from '@offtake/core/base/quantity'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvText, hoursCell, plainText } from './csv-table.ts'

test('any text comes back from a table as it went in', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.string({ unit: 'binary' })), { minLength: 1 }), (rows) => {
      const parsed = parse(csvText({ columns: ['a', 'b'], rows }), { from_line: 2, relax_quotes: false })
      expect(parsed).toEqual(rows)
    }),
  )
})

test('a value that is absent leaves its cell empty, and truth is written out', () => {
  expect(csvText({ columns: ['a', 'b', 'c'], rows: [[undefined, true, 0.25]] })).toBe('a,b,c\n,true,0.25\n')
})

test.each(['=1+1', '+1', '-1', '@sum', '\tx', '\rx'])(
  'a spreadsheet takes %j for text, not for a formula',
  (text) => {
    expect(plainText(text)).toBe(`'${text}`)
  },
)

test('plain words stay as they are', () => {
  expect(plainText('One year of reserved H100 = 32')).toBe('One year of reserved H100 = 32')
})

test('hours are within half a millionth of what they stand for', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 24n }), (time) => {
      const text = hoursCell(time as AcceleratorMs)
      expect(text).toMatch(/^\d+\.\d{6}$/)
      const millionths = BigInt(text.replace('.', ''))
      const twiceOff = 2n * (millionths * 3_600_000n - time * 1_000_000n)
      expect(twiceOff <= 3_600_000n && twiceOff > -3_600_000n).toBe(true)
    }),
  )
})
