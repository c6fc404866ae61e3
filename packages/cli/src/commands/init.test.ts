import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { playPortfolio } from '@offtake/core/simulation/play'
import { expect, test } from 'vitest'
import { tryPortfolio } from '../portfolio-argument.ts'
import { runOfftake } from '../testing/run-offtake.ts'
import { inFolder } from '../testing/temporary-folder.ts'

test('the first portfolio passes its check, and its schemas lie where its files look for them', () =>
  inFolder({}, async (dir) => {
    const portfolio = join(dir, 'mine')
    expect((await runOfftake(['init', portfolio])).code).toBe(0)
    expect(await runOfftake(['check', portfolio])).toMatchObject({ code: 0, err: '' })
    for (const file of ['offtake.yaml', 'agreements/some-cloud-2026.yaml', 'workloads/work.yaml']) {
      const [, schema = ''] = /\$schema=(\S+)/.exec(readFileSync(join(portfolio, file), 'utf8')) ?? []
      expect(existsSync(join(portfolio, file, '..', schema))).toBe(true)
    }
  }))

test('the first portfolio plays: work is drawn, runs, and is charged', () =>
  inFolder({}, async (dir) => {
    await runOfftake(['init', join(dir, 'mine')])
    const portfolio = await tryPortfolio(join(dir, 'mine'))
    const result = portfolio.ok ? playPortfolio(portfolio.value) : portfolio
    if (!result.ok) return expect.fail(JSON.stringify(result.problems))
    expect(result.value.statistics.finished).toBeGreaterThan(100)
    expect(result.value.charged.charges.length).toBeGreaterThan(0)
  }))

test('init never writes over anything', () =>
  inFolder({ 'mine.txt': 'precious' }, async (dir) => {
    const { code, out, err } = await runOfftake(['init', dir])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toBe(`${dir} already holds mine.txt: nothing was written\n`)
    expect(readFileSync(join(dir, 'mine.txt'), 'utf8')).toBe('precious')
  }))
