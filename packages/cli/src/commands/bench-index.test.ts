import { expect, test } from 'vitest'
import { runOfftake } from '../testing/run-offtake.ts'

const SMALL = ['bench', 'index', '--gpus', '20000', '--gangs', '2000'] as const
const QUANTILES = { p50: expect.any(Number), p99: expect.any(Number), p999: expect.any(Number) }

test('prints the figures of the index, and beside them those of the allocator and of a linear scan', async () => {
  const { code, out } = await runOfftake([...SMALL, '--json'])
  const figures = {
    gpus: 277 * 72,
    placementsPerSecond: expect.any(Number),
    placeNs: QUANTILES,
    releaseNs: QUANTILES,
    failures: expect.any(Number),
    memoryMb: expect.any(Number),
  }
  expect(code).toBe(0)
  expect(JSON.parse(out)).toEqual({ ...figures, allocator: figures, linearScan: figures })
})

test('prints a table for people', async () => {
  const { out } = await runOfftake(SMALL)
  expect(out).toMatch(/^free index alone +[\d,]+/m)
  expect(out).toMatch(/^linear scan +[\d,]+/m)
})

test.each(['none', '71', '1.5', '100000000'])('a fleet of %s is turned away', async (gpus) => {
  const { code, err } = await runOfftake(['bench', 'index', '--gpus', gpus])
  expect(code).not.toBe(0)
  expect(err).toMatch('a whole number from 72 to 10000000')
})
