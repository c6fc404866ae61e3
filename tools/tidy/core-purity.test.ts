import { describe, expect, test } from 'vitest'
import { corePurity } from './core-purity.ts'
import { placesFound } from './testing/plant.ts'

const CORE = 'packages/core/src/cost/a.ts'

describe('the core must not use', () => {
  test.each([
    ['the clock', 'export const a = Date.now()'],
    ['a date of now', 'export const a = new Date()'],
    ['a date in the zone of the machine', 'export const a = new Date(2026, 0, 1)'],
    ['the time as text', 'export const a = Date()'],
    ['the hour in the zone of the machine', 'export const a = (date: Date) => date.getHours()'],
    ['the language of the machine', 'export const a = (1).toLocaleString()'],
    ['chance', 'export const a = Math.random()'],
    ['chance taken apart', 'const { random } = Math\nexport const a = random()'],
    ['chance of the platform', 'export const a = crypto.randomUUID()'],
    ['timers', 'setTimeout(() => {}, 1)'],
    ['timers through the global object', 'globalThis.setTimeout(() => {}, 1)'],
    ['the console', `console.log('a')`],
    ['the process', 'export const a = process.env'],
    ['the process, shorthand', 'export const a = { process }'],
    ['files', `import { readFileSync } from 'node:fs'\nexport const a = readFileSync`],
    ['types of Node', `import type { Buffer } from 'node:buffer'\nexport type A = Buffer`],
    ['a library', `import { parse } from 'yaml'\nexport const a = parse`],
    ['a library by dynamic import', `export const a = import('yaml')`],
    ['the solver outside of its file', `import highs from 'highs'\nexport const a = highs`],
  ])('%s', (_, text) => {
    expect(placesFound(corePurity, { [CORE]: text })).not.toEqual([])
  })
})

describe('the core may use', () => {
  test.each([
    [
      'a date of a given moment',
      'export const a = (ms: number) => new Date(ms).getUTCDate() + Date.UTC(2026, 0)',
    ],
    [
      'names that only look alike',
      'export const a = { process: 1 }.process\nexport interface B { console: 1 }',
    ],
    ['arithmetic', 'export const a = Math.floor(1.5)'],
  ])('%s', (_, text) => {
    expect(placesFound(corePurity, { [CORE]: text })).toEqual([])
  })
})

test('the solver has one file of its own', () => {
  const found = placesFound(corePurity, {
    'packages/core/src/plan/highs-solver.ts': `import highs from 'highs'\nexport const solver = highs`,
  })
  expect(found).toEqual([])
})

test('tests, fixtures and other packages may use what they need', () => {
  const impure = 'export const a = Date.now()'
  const found = placesFound(corePurity, {
    'packages/core/src/cost/a.test.ts': impure,
    'packages/core/src/testing/a.ts': impure,
    'packages/cli/src/a.ts': impure,
  })
  expect(found).toEqual([])
})
