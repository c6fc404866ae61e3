import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { playPortfolio } from '@offtake/core/simulation/play'
import { expect, test } from 'vitest'
import { generateFleet } from '../generated-fleet/generated-fleet.ts'
import { tryPortfolio } from '../portfolio-argument.ts'
import { runOfftake } from '../testing/run-offtake.ts'
import { inFolder } from '../testing/temporary-folder.ts'

test('a fleet of a million accelerators is made up, and passes its check', () =>
  inFolder({}, async (dir) => {
    const { code, out } = await runOfftake([
      'generate',
      'fleet',
      join(dir, 'big'),
      '--domains',
      '13888',
      '--json',
    ])
    expect(code).toBe(0)
    const { domains, accelerators, pools } = JSON.parse(out)
    expect({ domains, accelerators }).toEqual({ domains: 13_888, accelerators: 999_936 })
    expect(pools.reduce((sum: number, pool: { domains: number }) => sum + pool.domains, 0)).toBe(13_888)
    expect(await runOfftake(['check', join(dir, 'big')])).toMatchObject({ code: 0, err: '' })
  }))

test.each([1, 2, 7, 90])('a fleet of %i domains has them all, and passes its check', (domains) =>
  inFolder({}, async (dir) => {
    const folder = join(dir, 'some')
    expect((await runOfftake(['generate', 'fleet', folder, '--domains', String(domains)])).code).toBe(0)
    expect(await runOfftake(['check', folder])).toMatchObject({ code: 0, err: '' })
    const portfolio = await tryPortfolio(folder)
    if (!portfolio.ok) return expect.fail(JSON.stringify(portfolio.problems))
  }),
)

test('its work fills most of it, and leaves some of it in fragments', () =>
  inFolder({}, async (dir) => {
    await runOfftake(['generate', 'fleet', join(dir, 'some'), '--domains', '60', '--providers', '2'])
    const portfolio = await tryPortfolio(join(dir, 'some'))
    const result = portfolio.ok ? playPortfolio(portfolio.value) : portfolio
    if (!result.ok) return expect.fail(JSON.stringify(result.problems))
    expect(result.value.statistics.finished).toBeGreaterThan(100)
  }))

test('the same seed makes the same files, and another one others', () => {
  const asked = { domains: 500, providers: 4, seed: 7 }
  expect(generateFleet(asked)).toEqual(generateFleet(asked))
  expect(generateFleet({ ...asked, seed: 8 }).pools).not.toEqual(generateFleet(asked).pools)
})

test('it never writes over anything, and takes no numbers that make no sense', () =>
  inFolder({ 'mine.txt': 'precious' }, async (dir) => {
    expect(await runOfftake(['generate', 'fleet', dir])).toMatchObject({ code: 2, out: '' })
    expect(readFileSync(join(dir, 'mine.txt'), 'utf8')).toBe('precious')
    for (const wrong of ['0', '-3', '1.5', 'many', '1000001'])
      expect((await runOfftake(['generate', 'fleet', join(dir, 'new'), '--domains', wrong])).code).toBe(2)
    expect(readdirSync(dir)).toEqual(['mine.txt'])
  }))
