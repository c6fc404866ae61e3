import { expect, test } from 'vitest'
import { packageOrder } from './package-order.ts'
import { placesFound } from './testing/plant.ts'

const MONEY = { 'packages/core/src/base/money.ts': 'export const money = 1' }

test('a package may import what stands below it, by subpath', () => {
  const found = placesFound(packageOrder, {
    ...MONEY,
    'packages/cli/src/main.ts': `import { money } from '@offtake/core/base/money'\nconsole.log(money)`,
  })
  expect(found).toEqual([])
})

test('the core must not import from the contract, not even a type', () => {
  const found = placesFound(packageOrder, {
    'packages/contract/src/problems.ts': 'export type Problem = 1',
    'packages/core/src/base/a.ts': `\nimport type { Problem } from '@offtake/contract/problems'\nexport type A = Problem`,
  })
  expect(found).toEqual(['packages/core/src/base/a.ts:2'])
})

test('an inline type import counts', () => {
  const found = placesFound(packageOrder, {
    'packages/cli/src/a.ts': 'export type A = 1',
    'packages/contract/src/b.ts': `export type B = import('@offtake/cli/a').A`,
  })
  expect(found).toEqual(['packages/contract/src/b.ts:1'])
})

test('a package that is not there yet is refused all the same', () => {
  const found = placesFound(packageOrder, {
    'packages/core/src/base/a.ts': `export { app } from '@offtake/web/app'`,
  })
  expect(found).toEqual(['packages/core/src/base/a.ts:1'])
})

test('another package is never imported by a relative path', () => {
  const found = placesFound(packageOrder, {
    ...MONEY,
    'packages/cli/src/main.ts': `import { money } from '../../core/src/base/money.ts'\nconsole.log(money)`,
  })
  expect(found).toEqual(['packages/cli/src/main.ts:1'])
})

test('no package imports the tools', () => {
  const found = placesFound(packageOrder, {
    'tools/clock.ts': 'export const clock = 1',
    'packages/cli/src/main.ts': `import { clock } from '../../../tools/clock.ts'\nconsole.log(clock)`,
  })
  expect(found).toEqual(['packages/cli/src/main.ts:1'])
})

test('only the serve command loads the server', () => {
  const files = {
    'packages/server/src/main.ts': 'export const start = 1',
    'packages/cli/src/commands/serve.ts': `const { start } = await import('@offtake/server/main')\nconsole.log(start)`,
    'packages/cli/src/commands/run.ts': `const { start } = await import('@offtake/server/main')\nconsole.log(start)`,
  }
  expect(placesFound(packageOrder, files)).toEqual(['packages/cli/src/commands/run.ts:1'])
})

test('a package without a place in the order is reported', () => {
  const found = placesFound(packageOrder, {
    'packages/extras/src/a.ts': `import fs from 'node:fs'\nfs.statSync('.')`,
  })
  expect(found).toEqual(['packages/extras/src/a.ts:1'])
})
