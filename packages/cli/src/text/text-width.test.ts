import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitted, wrapped } from './text-width.ts'

const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 20 })

describe('wrapped', () => {
  it('breaks between words and loses none', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 40 }), (list, width) => {
        const lines = wrapped(list.join(' '), width)
        expect(lines.join(' ').split(' ')).toEqual(list)
        for (const line of lines) expect(line.length <= width || !line.includes(' ')).toBe(true)
      }),
    )
  })

  it('fills each line as far as it goes', () => {
    expect(wrapped('one two three four', 9)).toEqual(['one two', 'three', 'four'])
    expect(wrapped('15.8\u00a0% 15.9\u00a0%', 8)).toEqual(['15.8\u00a0%', '15.9\u00a0%'])
  })
})

describe('fitted', () => {
  const table = {
    head: ['id', 'kind', 'note'],
    rows: [['a-long-id', 'capacity', 'overlaps another one by a half']],
  }

  it('leaves a table alone that fits', () => {
    expect(fitted(table, 80)).toEqual({ head: table.head, rows: table.rows })
  })

  it('wraps the last column, and keeps a column rather than dropping it without need', () => {
    const { head, rows } = fitted({ ...table, dispensable: ['kind'] }, 40)
    expect(head).toEqual(['id', 'kind', 'note'])
    expect(rows[0]?.[2]).toBe('overlaps another\none by a half')
  })

  it('drops what it can do without where the last column would get too narrow', () => {
    const { head, rows } = fitted({ ...table, dispensable: ['kind'] }, 30)
    expect(head).toEqual(['id', 'note'])
    expect(rows[0]).toEqual(['a-long-id', 'overlaps another\none by a half'])
  })
})
