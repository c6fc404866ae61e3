import { expect, test } from 'vitest'
import { explainFailure } from './install-failure.mjs'

test('a missing network is told from a failure of npm, and stack traces are left out', () => {
  const output = 'npm error code ENOTFOUND\nnpm error     at connect (node:net)\nnpm error network'
  expect(explainFailure(1, output)).toMatch(
    /^npm could not reach its registry[\s\S]+said:\nnpm error code ENOTFOUND\nnpm error network$/,
  )
  expect(explainFailure(1, 'npm error code EINTEGRITY')).toContain('npm could not install')
  expect(explainFailure(127, '')).toContain('npm was not found')
})
