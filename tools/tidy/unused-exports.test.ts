import { expect, test } from 'vitest'
import { plant } from './testing/plant.ts'
import { unusedExports } from './unused-exports.ts'

const found = (files: Readonly<Record<string, string>>) =>
  unusedExports(plant(files)).map(({ path, line, says }) => `${path}:${line} ${says}`)

test('an export that no other file takes is dead, also where its own file uses it', () => {
  const files = {
    'a.ts': 'export const used = 1\nexport const dead = used\nexport function gone() { return dead }',
    'b.ts': `import { used } from './a.ts'\nconsole.log(used)`,
  }
  expect(found(files)).toEqual([
    'a.ts:2 export dead is used by no other file',
    'a.ts:3 export gone is used by no other file',
  ])
})

test('an export that only tests take is dead, unless it stands in testing', () => {
  const files = {
    'a.ts': 'export const a = 1',
    'a.test.ts': `import { a } from './a.ts'\nimport { b } from './x/testing/b.ts'`,
    'x/testing/b.ts': 'export const b = 1\nexport const c = 1',
  }
  expect(found(files)).toEqual([
    'a.ts:1 export a is used by tests alone',
    'x/testing/b.ts:2 export c is used by no other file',
  ])
})

test('a type is in use where a used export speaks of it, however far off', () => {
  const files = {
    'a.ts': `
export interface Agreement { readonly lines: readonly Line[] }
export interface Line { readonly price: Price }
export type Price = 1
export interface Orphan { readonly price: Price }
export function read(): Agreement { const inside: Hidden = 1; return inside }
export type Hidden = 1`,
    'b.ts': `import { read } from './a.ts'\nread()`,
  }
  expect(found(files)).toEqual([
    'a.ts:5 export Orphan is used by no other file',
    'a.ts:7 export Hidden is used by no other file',
  ])
})

test('a name is in use when it is passed on, renamed, or its whole module is taken', () => {
  const files = {
    'a.ts': 'export const a = 1, b = 2\nexport const { c, d: [e] } = f()',
    'b.ts': `export { a as z } from './a.ts'`,
    'c.ts': `import { z } from './b.ts'\nimport { b, c as y } from './a.ts'`,
    'd.ts': 'export const everything = 1',
    'e.ts': `import * as d from './d.ts'`,
  }
  expect(found(files)).toEqual(['a.ts:2 export e is used by no other file'])
})
