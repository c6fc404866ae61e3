import { expect, test } from 'vitest'
import { forbiddenSyntax } from './forbidden-syntax.ts'
import { placesFound } from './testing/plant.ts'

test.each([
  ['any', 'const a = 1\nexport const b: any = a'],
  ['any deep in a type', 'const a = 1\nexport type B = Map<string, any[]>'],
  ['a non-null assertion', 'const a = 1\nexport const b = find()!.name'],
  ['a field that claims to be set', 'class A {\n  name!: string\n}'],
  ['a variable that claims to be set', 'const a = 1\nlet b!: string'],
  ['a default export', 'const a = 1\nexport default a'],
  ['a default export by renaming', 'const a = 1\nexport { a as default }'],
])('%s is forbidden, in tests too', (_, text) => {
  expect(placesFound(forbiddenSyntax, { 'a.ts': text, 'b.test.ts': text })).toEqual(['a.ts:2', 'b.test.ts:2'])
})

test('words in texts and comments, and `!` as a negation, are no violations', () => {
  const text = `// any default export\nexport const a = 'any!' as const\nexport const b = !a && a !== 'x'`
  expect(placesFound(forbiddenSyntax, { 'a.ts': text })).toEqual([])
})

test('the configuration of a tool is read by its default export', () => {
  expect(placesFound(forbiddenSyntax, { 'vitest.config.ts': 'export default {}' })).toEqual([])
})
