import { expect, test } from 'vitest'
import { fileNames } from './file-names.ts'
import { placesFound } from './testing/plant.ts'

const found = (...paths: string[]) =>
  placesFound(fileNames, Object.fromEntries(paths.map((path) => [path, ''])))

test.each([
  'packages/core/src/base/utils.ts',
  'packages/core/src/base/money-helpers.ts',
  'packages/core/src/common/money.ts',
  'packages/core/src/cost/types.ts',
  'packages/server/src/job-manager.ts',
  'packages/server/src/billing-service.ts',
  'packages/core/src/cost/utils.test.ts',
])('%s is a drawer', (path) => {
  expect(found(path)).toEqual([`${path}:1`])
})

test('names are in kebab-case', () => {
  expect(
    found('packages/core/src/base/stepFunction.ts', 'packages/core/src/base/step-function.test.ts'),
  ).toEqual(['packages/core/src/base/stepFunction.ts:1'])
})

test('a service is a word of the product: its own file may be named so', () => {
  const files = {
    'packages/core/src/demand/service.ts': 'export interface Service {}',
    'packages/core/src/demand/service.test.ts': '',
    'packages/server/src/service.ts': 'export function start() {}',
  }
  expect(placesFound(fileNames, files)).toEqual(['packages/server/src/service.ts:1'])
})
