import { existsSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderOf } from '../testing/folder.ts'
import { bundleForBrowsers } from './build.mjs'

const BUNDLER = `import { appendFileSync } from 'node:fs'\nappendFileSync('made', 'x')`
const FILES = {
  'package-lock.json': {},
  'packages/cli/build-report.mjs': BUNDLER,
  'packages/cli/src/report/page.ts': '1',
  'packages/core/src/base/money.ts': '1',
  'packages/core/src/base/money.test.ts': '1',
}

const bundle = (root: string) => bundleForBrowsers(root, () => {})
const timesMade = (root: string) => readFileSync(join(root, 'made'), 'utf8').length

test('the report is bundled once, and again only when one of its sources has changed', async () => {
  const root = folderOf(FILES)
  expect(await bundle(root)).toBeUndefined()
  await bundle(root)
  expect(timesMade(root)).toBe(1)
  writeFileSync(join(root, 'packages/core/src/base/money.ts'), '22')
  await bundle(root)
  expect(timesMade(root)).toBe(2)
  utimesSync(join(root, 'packages/core/src/base/money.test.ts'), 1, 1)
  await bundle(root)
  expect(timesMade(root)).toBe(2)
})

test('a build folder that was deleted is made again', async () => {
  const root = folderOf(FILES)
  await bundle(root)
  rmSync(join(root, 'packages/cli/dist'), { recursive: true })
  await bundle(root)
  expect(timesMade(root)).toBe(2)
})

test('a bundler that fails is reported with its words, and tried again next time', async () => {
  const root = folderOf({ ...FILES, 'packages/cli/build-report.mjs': `throw new Error('no such page')` })
  expect(await bundle(root)).toContain('no such page')
  expect(existsSync(join(root, 'packages/cli/dist'))).toBe(false)
  expect(await bundle(root)).toContain('no such page')
})

test('without a bundler there is nothing to do', async () => {
  expect(await bundle(folderOf({ 'package-lock.json': {} }))).toBeUndefined()
})
