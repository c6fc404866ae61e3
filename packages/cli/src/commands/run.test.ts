import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { buildReport } from '../testing/built-report.ts'
import { START_UP } from '../testing/played-portfolio.ts'
import { runOfftake } from '../testing/run-offtake.ts'
import { inFolder } from '../testing/temporary-folder.ts'
import { writePortfolio } from '../testing/two-agreements.ts'

beforeAll(buildReport)

test('a run prints with --json what it writes as summary.json, and nothing else', () =>
  inFolder({}, async (dir) => {
    const { code, out, err } = await runOfftake(['run', START_UP, '--out', join(dir, 'out'), '--json'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toBe(readFileSync(join(dir, 'out/summary.json'), 'utf8'))
  }))

test('another seed draws other work', () =>
  inFolder({}, async (dir) => {
    const summaryOf = async (seed: string) =>
      JSON.parse(
        (await runOfftake(['run', START_UP, '--seed', seed, '--out', join(dir, seed), '--json'])).out,
      )
    const seven = await summaryOf('7')
    const eight = await summaryOf('8')
    expect(seven.seed).toBe(7)
    expect(eight.seed).toBe(8)
    expect(eight.allocation.gangs).not.toBe(seven.allocation.gangs)
    expect(eight.obligations).toEqual(seven.obligations)
  }))

test('a folder that holds anything else is left alone', () =>
  inFolder({ 'out/thesis.txt': 'years of work' }, async (dir) => {
    const { code, err } = await runOfftake(['run', START_UP, '--out', join(dir, 'out')])
    expect(code).toBe(2)
    expect(err).toContain('already holds thesis.txt: nothing was written')
    expect(readdirSync(join(dir, 'out'))).toEqual(['thesis.txt'])
    expect(readdirSync(dir)).toEqual(['out'])
  }))

test('an agreement to slip that is not there is a named problem, before anything is written', () =>
  inFolder({}, async (dir) => {
    const { code } = await runOfftake([
      'run',
      await writePortfolio(),
      '--slip',
      'nowhere/line=9d',
      '--out',
      join(dir, 'out'),
    ])
    expect(code).toBe(2)
    expect(readdirSync(dir)).toEqual([])
  }))

test('an outage to try is told in a line of its own and in the summary', () =>
  inFolder({}, async (dir) => {
    const run = (...more: string[]) =>
      runOfftake([
        'run',
        START_UP,
        '--out',
        join(dir, 'out'),
        '--outage',
        'neocloud-a:2026-10-07:2026-10-08',
        ...more,
      ])
    expect((await run()).out).toContain(
      'out      neocloud-a, 2026-10-07 to 2026-10-08: 768 accelerator-hours',
    )
    expect(JSON.parse((await run('--json')).out).outages).toMatchObject([{ accelerators: 32, outHours: 768 }])
  }))

test.each([
  ['somebody who provides nothing', 'neocloud-q:2026-10-07:2026-10-08', "did you mean 'neocloud-a'"],
  ['a time that is not played', 'neocloud-a:2026-10-01:2026-10-05', 'not within the window'],
  ['no time', 'neocloud-a', 'Write PROVIDER:2026-03-01:2026-03-04'],
  ['an end before its start', 'neocloud-a:2026-10-08:2026-10-07', 'which is not after'],
  ['no date', 'neocloud-a:2026-13-08:2026-10-07', 'is no date'],
])('an outage of %s is a named problem', (_, outage, message) =>
  inFolder({}, async (dir) => {
    const { code, err } = await runOfftake(['run', START_UP, '--out', join(dir, 'out'), '--outage', outage])
    expect(code).toBe(2)
    expect(err).toContain(message)
    expect(readdirSync(dir)).toEqual([])
  }),
)

test.each([
  ['--seed', ['9'.repeat(16)], 'at most 15 digits'],
  ['--out', [' '], 'names no folder'],
  ['--slip', ['a/b=90d', 'a/b=30d'], 'a/b slips twice'],
])('%s %j is refused before anything is read', async (option, values, because) => {
  const { code, err } = await runOfftake([
    'run',
    'no-such-folder',
    ...values.flatMap((value) => [option, value]),
  ])
  expect(code).toBe(2)
  expect(err).toContain(because)
})

test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
  'a run that %s ends midway leaves earlier results as they were, and the next run clears away its rest',
  (signal) =>
    inFolder({ 'out/summary.json': 'earlier' }, async (dir) => {
      const out = join(dir, 'out')
      const run = spawn(process.execPath, offtake(['run', START_UP, '--out', out]), { stdio: 'ignore' })
      const ended = new Promise((resolveEnd) => run.once('exit', resolveEnd))
      while (readdirSync(dir).length < 2) await pause(5)
      run.kill(signal)
      await ended
      expect(readFileSync(join(out, 'summary.json'), 'utf8')).toBe('earlier')
      expect(readdirSync(out)).toEqual(['summary.json'])
      expect(await runOfftake(['run', START_UP, '--out', out])).toMatchObject({ code: 0 })
      expect(readdirSync(dir)).toEqual(['out'])
      expect(existsSync(join(out, 'report.html'))).toBe(true)
    }),
)

/** The command from its sources, in a process of its own. */
function offtake(args: readonly string[]): string[] {
  const main = pathToFileURL(resolve(import.meta.dirname, '../main.ts')).href
  const script = `import { main } from '${main}'; process.exitCode = await main(process.argv.slice(1))`
  const flags = ['--conditions=offtake-source', '--import', 'tsx', '--input-type=module']
  return [...flags, '--eval', script, '--', ...args]
}
