import { expect, test } from 'vitest'
import { drawNormal, normalShareBelow } from './normal.ts'
import { prng } from './prng.ts'

test('shares below agree with the printed normal table', () => {
  expect(normalShareBelow(0)).toBeCloseTo(0.5, 6)
  expect(normalShareBelow(1)).toBeCloseTo(0.8413447, 6)
  expect(normalShareBelow(-1.96)).toBeCloseTo(0.0249979, 6)
  expect(normalShareBelow(3)).toBeCloseTo(0.9986501, 6)
})

test('draws have mean 0, variance 1, and fall below one deviation as often as they should', () => {
  const chance = prng('normal')
  const draws = Array.from({ length: 50_000 }, () => drawNormal(chance))
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length
  const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length
  expect(Math.abs(mean)).toBeLessThan(0.02)
  expect(Math.abs(variance - 1)).toBeLessThan(0.03)
  expect(draws.filter((draw) => draw < -1).length / draws.length).toBeCloseTo(0.1587, 2)
  expect(draws.every(Number.isFinite)).toBe(true)
})
