import { expect, test } from 'vitest'
import { noBarrel } from './no-barrel.ts'
import { placesFound } from './testing/plant.ts'

test.each([
  ['stars', `export * from './a.ts'\nexport * from './b.ts'`],
  ['names', `export { a } from './a.ts'\nexport type { B } from './b.ts'`],
  ['names imported first', `import { a } from './a.ts'\nexport { a }`],
])('a file that only passes on %s is a barrel', (_, text) => {
  expect(placesFound(noBarrel, { 'packages/core/src/cost/all.ts': text })).toEqual([
    'packages/core/src/cost/all.ts:1',
  ])
})

test('an index is a barrel by its name, but for the index of a package', () => {
  const found = placesFound(noBarrel, {
    'packages/core/src/cost/index.ts': 'export const a = 1',
    'packages/core/src/index.ts': `export * from './cost/charges.ts'`,
  })
  expect(found).toEqual(['packages/core/src/cost/index.ts:1'])
})

test('a file with something of its own is none', () => {
  const text = `export { a } from './a.ts'\nexport const b = 1`
  expect(placesFound(noBarrel, { 'a.ts': text, 'main.ts': `import './a.ts'` })).toEqual([])
})
