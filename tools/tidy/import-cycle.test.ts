import { expect, test } from 'vitest'
import { importCycle } from './import-cycle.ts'
import { placesFound, plant } from './testing/plant.ts'

test('a tree of imports is fine, also where two ways lead to the same file', () => {
  const found = placesFound(importCycle, {
    'a.ts': `import './b.ts'\nimport './c.ts'`,
    'b.ts': `import './c.ts'`,
    'c.ts': 'export {}',
  })
  expect(found).toEqual([])
})

test('a cycle through types alone is found, once, with the way round', () => {
  const violations = importCycle(
    plant({
      'a.ts': `\nimport type { B } from './b.ts'\nexport type A = B`,
      'b.ts': `export type { C as B } from './c.ts'`,
      'c.ts': `export type C = import('./a.ts').A`,
      'd.ts': `import './a.ts'`,
    }),
  )
  expect(violations).toEqual([
    { path: 'a.ts', line: 2, says: 'is imported by itself: a.ts → b.ts → c.ts → a.ts' },
  ])
})

test('two knots are two reports', () => {
  const found = placesFound(importCycle, {
    'a.ts': `import './b.ts'`,
    'b.ts': `import './a.ts'`,
    'c.ts': `import './d.ts'`,
    'd.ts': `import './c.ts'`,
  })
  expect(found).toEqual(['a.ts:1', 'c.ts:1'])
})

test('a cycle across packages is seen through their names', () => {
  const found = placesFound(importCycle, {
    'packages/core/src/base/a.ts': `import '@offtake/contract/b'`,
    'packages/contract/src/b.ts': `import '@offtake/core/base/a'`,
  })
  expect(found).toHaveLength(1)
})
