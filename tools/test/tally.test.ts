import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run } from '../setup/run.mjs'
import { folderOf } from '../testing/folder.ts'
import { addTallies, closingLine, failures } from './tally.ts'

const RUN = `
import { runTests } from '${new URL('./steps.ts', import.meta.url).href}'
import { closingLine } from '${new URL('./tally.ts', import.meta.url).href}'
const [root, ...projects] = process.argv.slice(2)
const tally = await runTests({ root, projects, filters: [] })
process.stdout.write('\\n' + closingLine(tally) + '\\n')
process.exit(0)
`

/** A run within a run, on a machine that runs others. */
const PATIENCE_MS = 120_000

const PROJECTS = `
const project = (name) => ({ test: { name, include: ['tests/' + name + '-*.test.mjs'] } })
export default { cacheDir: './cache', test: { maxWorkers: 1, projects: [project('one'), project('two'), project('other')] } }
`

/** What a run of vitest over these files is counted as. */
async function lastLineOfRun(files: Readonly<Record<string, string>>): Promise<string> {
  const head = `import { beforeAll, describe, expect, test } from 'vitest'\n`
  const tests = Object.entries(files).map(([name, text]) => [`tests/${name}.test.mjs`, head + text])
  const root = folderOf({ ...Object.fromEntries(tests), 'vitest.config.mjs': PROJECTS, 'run.mjs': RUN })
  const modules = new URL('../../node_modules', import.meta.url).pathname
  symlinkSync(modules, join(root, 'node_modules'))
  const args = ['--import', 'tsx', join(root, 'run.mjs'), root, 'one', 'two']
  const { code, output } = await run(process.execPath, args, { cwd: root })
  if (code !== 0) throw new Error(`the run ended with ${code}:\n${output}`)
  return output.trimEnd().split('\n').at(-1) ?? ''
}

test(
  'what really ran is counted over all projects, and what stands outside of tests as a failure',
  async () => {
    const line = await lastLineOfRun({
      'one-plain': `
      test('passes', () => {})
      test('fails', () => expect(1).toBe(2))
      test.skip('is skipped', () => {})
      test.todo('is to be done')
      describe('a group', () => { test('passes', () => {}) })`,
      'one-broken': `import './none.mjs'\ntest('never runs', () => {})`,
      'two-hook': `describe('a group', () => { beforeAll(() => { throw new Error('no') }); test('never runs', () => {}) })`,
      'two-stray': `test('passes', async () => { Promise.reject(new Error('stray')); await new Promise((r) => setTimeout(r, 50)) })`,
      'other-left': `test('is of a project that was not asked for', () => {})`,
    })
    // Failed: one test, a file that cannot be loaded, a hook, a stray rejection. The hook's test is skipped.
    expect(line).toBe('3 passed, 4 failed, 3 skipped')
  },
  PATIENCE_MS,
)

test(
  'a run without any test is a failure',
  async () => {
    expect(await lastLineOfRun({})).toBe('0 passed, 1 failed')
  },
  PATIENCE_MS,
)

test('the closing line names what was skipped only where something was', () => {
  expect(closingLine({ passed: 2, failed: 0, skipped: 0 })).toBe('2 passed, 0 failed')
  expect(closingLine({ passed: 2, failed: 1, skipped: 3 })).toBe('2 passed, 1 failed, 3 skipped')
  expect(closingLine(addTallies([{ passed: 2, failed: 0, skipped: 1 }, failures(2)]))).toBe(
    '2 passed, 2 failed, 1 skipped',
  )
})
