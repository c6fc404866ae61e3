import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderOf } from '../testing/folder.ts'
import { findChromium } from './chromium.mjs'

const folder = folderOf({
  'empty/none': '',
  'bin/chromium': '',
  'bin/google-chrome': '',
  'bin/my-browser': '',
})
const chromium = join(folder, 'bin/chromium')
for (const name of ['chromium', 'google-chrome', 'my-browser']) chmodSync(join(folder, 'bin', name), 0o755)

test('the first Chromium on the PATH is found', () => {
  expect(findChromium({ PATH: `${folder}/empty:${folder}/bin` })).toBe(chromium)
})

test('one that is named goes before, and only if it can run', () => {
  const named = join(folder, 'bin/my-browser')
  expect(findChromium({ PATH: `${folder}/bin`, OFFTAKE_CHROMIUM: named })).toBe(named)
  expect(findChromium({ PATH: `${folder}/bin`, OFFTAKE_CHROMIUM: `${folder}/empty/none` })).toBeUndefined()
})

test('without any there is none', () => {
  expect(findChromium({ PATH: `${folder}/empty` })).toBeUndefined()
  expect(findChromium({})).toBeUndefined()
})
