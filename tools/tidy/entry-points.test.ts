import { expect, test } from 'vitest'
import { entryPoints } from './entry-points.ts'
import { plant } from './testing/plant.ts'

test('programs begin where scripts, packages, the CI script and code name a file', () => {
  const repository = plant({
    'package.json': '{ "scripts": { "bench": "tsx tools/bench/main.ts" } }',
    'packages/cli/package.json': '{ "bin": { "offtake": "bin/offtake.js" } }',
    '.ci/run': 'node ./tools/prepare.mjs',
    'vitest.config.ts': `export default { include: ['tools/tidy.test.ts'] }`,
    'packages/cli/build-report.mjs': `bundle({ entry: 'src/report/page.ts' })`,
    'packages/cli/src/report/page.ts': '',
    'packages/cli/bin/offtake.js': '',
    'tools/bench/main.ts': `import { a } from './other.ts'`,
    'tools/bench/other.ts': '',
    'tools/prepare.mjs': '',
    'tools/tidy.test.ts': '',
  })
  expect([...entryPoints(repository)].sort()).toEqual([
    'packages/cli/bin/offtake.js',
    'packages/cli/src/report/page.ts',
    'tools/bench/main.ts',
    'tools/prepare.mjs',
    'tools/tidy.test.ts',
    'vitest.config.ts',
  ])
})

test('a file does not become a program by naming itself, nor by an import or a test', () => {
  const repository = plant({
    'a.ts': `import './b.ts'\nconsole.log('a.ts')`,
    'b.ts': '',
    'c.test.ts': `read('b.ts')`,
  })
  expect([...entryPoints(repository)]).toEqual([])
})
