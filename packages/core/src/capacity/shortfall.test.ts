import { expect, it } from 'vitest'
import { DAY_MS } from '../base/instant.ts'
import { constant, fromChanges, ZERO } from '../base/step-function.ts'
import { at, spanOf } from '../testing/dates.ts'
import { shortfallOf } from './shortfall.ts'

const YEAR = spanOf('2026-01-01', '2027-01-01')
const available = fromChanges([
  { at: at('2025-01-01'), by: 100 },
  { at: at('2026-07-01'), by: 100 },
])

it('begins where demand first exceeds what is there, and is worst where the gap is widest', () => {
  const demand = fromChanges([
    { at: at('2025-06-01'), by: 90 },
    { at: at('2026-06-01'), by: 60 },
    { at: at('2026-06-11'), by: 30 },
    { at: at('2026-12-01'), by: 30 },
  ])
  const shortfall = shortfallOf(demand, available, YEAR)
  expect(shortfall.begins).toBe(at('2026-06-01'))
  expect(shortfall.worst).toEqual({ at: at('2026-06-11'), accelerators: 80 })
  expect(shortfall.shortMs).toBe((30 + 31) * DAY_MS)
  expect(shortfall.missing).toBe(BigInt((10 * 50 + 20 * 80 + 31 * 10) * DAY_MS))
})

it('counts only what lies within the span', () => {
  const early = constant(500, spanOf('2025-01-01', '2026-01-02'))
  const shortfall = shortfallOf(early, available, YEAR)
  expect(shortfall).toMatchObject({ begins: at('2026-01-01'), shortMs: DAY_MS })
  expect(shortfall.gap).toEqual(constant(400, spanOf('2026-01-01', '2026-01-02')))
})

it('is nothing where there is enough', () => {
  expect(shortfallOf(constant(100, YEAR), available, YEAR)).toEqual({ gap: ZERO, missing: 0n, shortMs: 0 })
})
