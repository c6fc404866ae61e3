import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderOf } from '../testing/folder.ts'
import { whyInstall, whyOutOfStep } from './install.mjs'

const LOCK = {
  packages: {
    '': { devDependencies: { yaml: '1.0.0' } },
    'packages/cli': { dependencies: { b: '2.0.0', a: '1.0.0' } },
    'node_modules/yaml': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/elsewhere': { version: '1.0.0', optional: true, os: ['plan9'], cpu: ['pdp11'] },
    'node_modules/here': { version: '1.0.0', optional: true, os: [process.platform], cpu: [process.arch] },
  },
}
const HIDDEN = {
  packages: {
    'node_modules/yaml': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/here': { version: '1.0.0' },
  },
}
const WHOLE = {
  'package.json': { devDependencies: { yaml: '1.0.0' } },
  'packages/cli/package.json': { dependencies: { a: '1.0.0', b: '2.0.0' } },
  'package-lock.json': LOCK,
  'node_modules/.package-lock.json': HIDDEN,
  'node_modules/yaml/package.json': {},
  'node_modules/here/package.json': {},
  'node_modules/.bin/offtake': '',
}

describe('whether to install', () => {
  test('nothing is to be done where all of the lock file is there, another platform aside', () => {
    expect(whyInstall(folderOf(WHOLE))).toBeUndefined()
  })

  test('a fresh clone has nothing installed', () => {
    expect(whyInstall(folderOf({ 'package-lock.json': LOCK }))).toBe('nothing is installed yet')
  })

  test('another version, another digest, a deleted folder and a missing link are each seen', () => {
    const broken = (hidden: object) =>
      folderOf({ ...WHOLE, 'node_modules/.package-lock.json': { packages: hidden } })
    const { packages } = HIDDEN
    expect(whyInstall(broken({ ...packages, 'node_modules/yaml': { version: '1.0.1' } }))).toContain(
      'version',
    )
    expect(
      whyInstall(broken({ ...packages, 'node_modules/yaml': { version: '1.0.0', integrity: 'sha512-b' } })),
    ).toBe('yaml is not the one of the lock file')
    expect(whyInstall(broken({ 'node_modules/here': { version: '1.0.0' } }))).toBe('yaml is missing')
    expect(whyInstall(broken({ 'node_modules/yaml': packages['node_modules/yaml'] }))).toBe('here is missing')
    const deleted = folderOf(WHOLE)
    rmSync(join(deleted, 'node_modules/yaml'), { recursive: true })
    expect(whyInstall(deleted)).toBe('yaml is missing')
    const unlinked = folderOf(WHOLE)
    rmSync(join(unlinked, 'node_modules/.bin/offtake'))
    expect(whyInstall(unlinked)).toBe('the offtake command is not linked')
  })
})

describe('whether the lock file can be followed', () => {
  test('it can where it says what every package.json says, in any order', () => {
    expect(whyOutOfStep(folderOf(WHOLE))).toBeUndefined()
  })

  test('a package.json that wants something else, or that the lock file does not know, is named', () => {
    const changed = { ...WHOLE, 'packages/cli/package.json': { dependencies: { a: '1.0.1', b: '2.0.0' } } }
    expect(whyOutOfStep(folderOf(changed))).toContain('packages/cli/package.json differ')
    const added = { ...WHOLE, 'packages/web/package.json': {} }
    expect(whyOutOfStep(folderOf(added))).toContain('packages/web/package.json differ')
  })

  test('a broken or missing lock file is no whole clone', () => {
    expect(whyOutOfStep(folderOf({ ...WHOLE, 'package-lock.json': '{' }))).toContain('no whole clone')
    expect(whyOutOfStep(folderOf({ 'package.json': {} }))).toContain('no whole clone')
  })
})
