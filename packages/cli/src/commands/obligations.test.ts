import { beforeAll, expect, it } from 'vitest'
import { runOfftake } from '../testing/run-offtake.ts'
import { writePortfolio } from '../testing/two-agreements.ts'

let dir = ''
beforeAll(async () => {
  dir = await writePortfolio()
})

// 72 accelerators × 2 USD × 24 h × 730 days, and 144 of them for 549 days; 8 m × 75 % over four years.
const RESERVED = 72 * 2 * 24 * 730 + 144 * 2 * 24 * 549
const SPEND = 6_000_000

it('adds up what is owed whatever happens, exactly, and keeps the letter apart', async () => {
  const { code, out } = await runOfftake(['obligations', dir, '--json'])
  expect(code).toBe(0)
  const found = JSON.parse(out)
  expect(found.total).toBe(`${RESERVED + SPEND}.00`)
  expect(found.byProvider.north.total).toBe(`${RESERVED}.00`)
  expect(found.byProvider.south).toEqual({
    total: '6000000.00',
    under1y: '1500000.00',
    from1to3y: '3000000.00',
    from3to5y: '1500000.00',
    over5y: '0.00',
  })
  expect(found.nonBinding.total).toBe('1000000000.00')
  expect(found.assumedShare).toBeCloseTo((144 * 2 * 24 * 549) / (RESERVED + SPEND), 6)
})

it('sets each year against its revenue, and guesses none', async () => {
  const { out } = await runOfftake(['obligations', dir, '--json'])
  const [first, second] = JSON.parse(out).byYear
  expect(first).toMatchObject({ year: 2026, revenue: { amount: '4000000.00' } })
  expect(first.multiple).toBeCloseTo(Number(first.owed) / 4_000_000, 6)
  expect(second).toMatchObject({ year: 2027, revenue: null, coverage: null, multiple: null })
})

it('counts from another date, and less where deliveries slip', async () => {
  const totalOf = async (...options: string[]): Promise<number> =>
    Number(JSON.parse((await runOfftake(['obligations', dir, '--json', ...options])).out).total)
  expect(await totalOf('--as-of', '2028-01-01')).toBe(3_000_000)
  expect(await totalOf('--slip', 'reserved/racks=100d')).toBe(RESERVED + SPEND - 144 * 2 * 24 * 100)
})

it.each([80, 120])('prints a page that fits %i columns', async (width) => {
  const { code, out, err } = await runOfftake(['obligations', dir], width)
  expect(code).toBe(0)
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(width)
  expect(out).toContain('Two agreements owes 12.32 m USD from 2026-01-01 on, whatever happens')
  expect(out).toMatch(/^south +6\.00 +1\.50 +3\.00 +1\.50 +–$/m)
  expect(out).toMatch(/^letter +1\.00 +not binding$/m)
  expect(err).toContain('No revenue figure for 2027–2029.')
})

it('names a line whose index has no value, and exits 2', async () => {
  const indexed = `
id: indexed
title: Follows an index
provider: north
instrument: capacity
term: { start: 2026-01-01, until: 2028-01-01 }
lines:
  - id: gpu
    hardware: h100
    region: us-east
    price: { kind: perAcceleratorHour, amount: 2.00, index: { name: neocloud } }
    tranches: [{ id: all, accelerators: 8, promised: 2026-01-01 }]
`
  const prices = 'series,from,currency,perAcceleratorHour\nneocloud,2026-06-01,USD,2.50\n'
  const folder = await writePortfolio({ 'agreements/indexed.yaml': indexed, 'prices/neocloud.csv': prices })
  const { code, out, err } = await runOfftake(['obligations', folder])
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain("'neocloud'")
})
