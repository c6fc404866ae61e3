import fc from 'fast-check'
import { expect, test } from 'vitest'
import { providerSeries } from './provider-palette.ts'

test('however many providers there are, nothing of what they have is lost', () => {
  const table = fc.array(fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 3, maxLength: 3 }), {
    maxLength: 20,
  })
  fc.assert(
    fc.property(table, (rows) => {
      const palette = rows.map((_, n) => `provider-${n}`)
      const series = providerSeries(palette, (provider) => rows[palette.indexOf(provider)] ?? [])
      for (const at of [0, 1, 2])
        expect(series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0)).toBe(
          rows.reduce((sum, values) => sum + (values[at] ?? 0), 0),
        )
      expect(series.length).toBeLessThanOrEqual(8)
      expect(new Set(series.map(({ colour }) => colour)).size).toBe(series.length)
    }),
  )
})

test('a provider keeps its colour where another one has nothing', () => {
  const [second] = providerSeries(['a', 'b'], (provider) => (provider === 'a' ? [0] : [1]))
  expect(second).toEqual({ name: 'b', colour: 'p2', values: [1] })
})

test('those beyond seven are one series that says how many they are', () => {
  const palette = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
  expect(providerSeries(palette, () => [1]).at(-1)).toEqual({
    name: '2 other providers',
    colour: 'p8',
    values: [2],
  })
})
