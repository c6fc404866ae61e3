import { expect, test } from 'vitest'
import { placesFound, plant } from './testing/plant.ts'
import { unusedFiles } from './unused-files.ts'

const START = { 'package.json': '{ "scripts": { "start": "tsx main.ts" } }' }

test('a file is in use where a program reaches it, through types and built files too', () => {
  const found = placesFound(unusedFiles, {
    'packages/cli/package.json': '{ "bin": "bin/offtake.js" }',
    'packages/cli/bin/offtake.js': `import { main } from '../dist/main.js'`,
    'packages/cli/src/main.ts': `import type { A } from '@offtake/core/base/a'`,
    'packages/core/src/base/a.ts': 'export type A = 1',
  })
  expect(found).toEqual([])
})

test('files that only use each other are not', () => {
  const found = placesFound(unusedFiles, {
    ...START,
    'main.ts': '',
    'a.ts': `import './b.ts'`,
    'b.ts': `import './a.ts'`,
  })
  expect(found).toEqual(['a.ts:1', 'b.ts:1'])
})

test('a file that only tests reach is out of use, unless it stands in testing', () => {
  const repository = plant({
    ...START,
    'main.ts': '',
    'a.ts': '',
    'x/testing/b.ts': '',
    'x/testing/c.ts': '',
    'a.test.ts': `import './a.ts'\nimport './x/testing/b.ts'`,
  })
  expect(unusedFiles(repository).map(({ path, says }) => `${path} ${says}`)).toEqual([
    'a.ts is reached from tests alone',
    'x/testing/c.ts is reached from no program',
  ])
})
