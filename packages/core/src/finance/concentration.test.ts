import fc from 'fast-check'
import { expect, it } from 'vitest'
import { concentrationOf } from './concentration.ts'

const weights = fc
  .array(
    fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      weight: fc.bigInt({ min: 0n, max: 10n ** 18n }),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .filter((list) => list.some(({ weight }) => weight > 0n))

function equal(...keys: string[]) {
  return keys.map((key) => ({ key, weight: 7n }))
}

it('is 10,000 where one has all, and 10,000 ÷ n where n have equal parts', () => {
  expect(concentrationOf(equal('a'))).toMatchObject({ herfindahl: 10_000, equalParts: 1 })
  expect(concentrationOf(equal('a', 'b', 'c', 'd'))).toMatchObject({ herfindahl: 2_500, equalParts: 4 })
})

it('adds up the weights of one key, and puts the largest first', () => {
  const found = concentrationOf([...equal('b', 'a', 'a'), { key: 'none', weight: 0n }])
  expect(found?.parts).toEqual([
    { key: 'a', weight: 14n, share: 666_667 },
    { key: 'b', weight: 7n, share: 333_333 },
  ])
  expect(found?.herfindahl).toBe(5555.555)
})

it('is nothing of nothing', () => {
  expect(concentrationOf([])).toBeUndefined()
  expect(concentrationOf([{ key: 'a', weight: 0n }])).toBeUndefined()
})

it('has shares that add up to one, and an index between equal parts and one for all', () => {
  fc.assert(
    fc.property(weights, (list) => {
      const found = concentrationOf(list)
      expect(found?.parts.reduce((sum, { share }) => sum + share, 0)).toBe(1_000_000)
      const count = found?.parts.length ?? 0
      const squares = (found?.parts ?? []).reduce((sum, { share }) => sum + (share / 10_000) ** 2, 0)
      expect(Math.abs((found?.herfindahl ?? 0) - squares)).toBeLessThan(0.1)
      expect(found?.herfindahl).toBeGreaterThanOrEqual(10_000 / count - 0.001)
      expect(found?.herfindahl).toBeLessThanOrEqual(10_000)
    }),
  )
})
