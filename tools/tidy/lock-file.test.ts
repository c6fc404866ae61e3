import { expect, test } from 'vitest'
import { lockFile } from './lock-file.ts'
import { placesFound } from './testing/plant.ts'

test('a package from a named place is reported, a link to a workspace is not', () => {
  const lock = '{\n"resolved": "packages/core",\n"resolved": "https://registry.example/a.tgz"\n}'
  expect(placesFound(lockFile, { 'package-lock.json': lock })).toEqual(['package-lock.json:3'])
})

test('there must be a lock file', () => {
  expect(placesFound(lockFile, {})).toEqual(['package-lock.json:1'])
})
