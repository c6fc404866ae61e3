import { expect, test } from 'vitest'
import { fileSize } from './file-size.ts'
import { placesFound } from './testing/plant.ts'

const linesOf = (count: number) => 'const a = 1\n'.repeat(count)

test('a file of 400 lines is within the limit, one of 401 is not', () => {
  const found = placesFound(fileSize, {
    'just.ts': linesOf(400),
    'over.mjs': linesOf(401),
    'page.md': linesOf(500),
  })
  expect(found).toEqual(['over.mjs:401'])
})
