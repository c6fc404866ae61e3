import { expect, test } from 'vitest'
import { adapterFiles } from './adapter-files.ts'
import { placesFound } from './testing/plant.ts'

const folder = (name: string, ...files: string[]) =>
  Object.fromEntries(files.map((file) => [`packages/adapters/src/${name}/${file}.ts`, '']))

test('every adapter has the same four files, and readers of bills and prices have their own', () => {
  const found = placesFound(adapterFiles, {
    ...folder('slurm', 'client', 'observe', 'control', 'translate', 'translate.test'),
    ...folder('fake', 'client', 'observe', 'control'),
    ...folder('bills', 'focus'),
    'packages/adapters/src/ports.ts': '',
  })
  expect(found).toEqual(['packages/adapters/src/fake:1'])
})

test('without the package there is nothing to hold to it', () => {
  expect(placesFound(adapterFiles, { 'packages/core/src/base/money.ts': '' })).toEqual([])
})
