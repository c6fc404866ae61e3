import { expect, test } from 'vitest'
import { functionSize } from './function-size.ts'
import { placesFound } from './testing/plant.ts'

const body = (lines: number) => '  run()\n'.repeat(lines)

test('a function of 60 lines is within the limit, one of 61 is not', () => {
  const found = placesFound(functionSize, {
    'just.ts': `function just() {\n${body(58)}}`,
    'over.ts': `\nfunction over() {\n${body(59)}}`,
  })
  expect(found).toEqual(['over.ts:2'])
})

test('methods, arrow functions and constructors are functions', () => {
  const found = placesFound(functionSize, {
    'a.ts': `class A {\n  run() {\n${body(60)}}\n}`,
    'b.ts': `const b = () => {\n${body(60)}}`,
    'c.ts': `class C {\n  constructor() {\n${body(60)}}\n}`,
  })
  expect(found).toEqual(['a.ts:2', 'b.ts:1', 'c.ts:2'])
})

test('in a test file the block of a describe is a group, but a test in it is a function', () => {
  const found = placesFound(functionSize, {
    'group.test.ts': `describe('a', () => {\n${body(80)}})\ndescribe.skipIf(true)('b', () => {\n${body(80)}})`,
    'long.test.ts': `describe('a', () => {\n test('b', () => {\n${body(60)}})\n})`,
    'plain.ts': `describe('a', () => {\n${body(80)}})`,
  })
  expect(found).toEqual(['long.test.ts:2', 'plain.ts:1'])
})
