import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PROBLEM_CODES } from '../problems.ts'
import { BUILT_IN, SMALL_PRICES, SMALL_TEXTS, smallPortfolio } from '../testing/small-portfolio.ts'
import { readPortfolio } from './read-portfolio.ts'

const ODD_TEXTS = [
  ...['0', '-1', '1e308', '-0.0000001', '.nan', '.inf', '-.inf', '0x1F', '0o17', '9007199254740993', '1e21'],
  ...['null', '~', 'true', '""', "' '", '[]', '{}', '[[[[]]]]', '- - - -', '? :', '!!binary aa', '!!int x'],
  ...['2026-02-29', '0000-00-00', '9999-12-31', '2026-13-01', '1969-12-31', '30m', '1e9d', '99999999d'],
  ...[
    '__proto__',
    'constructor',
    'prototype: { x: 1 }',
    '&a',
    '*a',
    '<<: *a',
    '%TAG',
    '---',
    '...',
    '|',
    '>-',
  ],
  ...[
    '\t',
    '\u0000',
    '\uFEFF',
    '\u2028',
    '💥',
    ': ',
    '# ',
    ',',
    '"',
    "'",
    '\\',
    '99999999999999999999bn',
    '101%',
  ],
]

type Mutation =
  | { readonly kind: 'deleteLine' | 'repeatLine' | 'cutHere'; readonly at: number }
  | { readonly kind: 'swapLines'; readonly at: number; readonly with: number }
  | { readonly kind: 'deleteToken' | 'repeatToken'; readonly at: number }
  | { readonly kind: 'replaceToken' | 'insertText'; readonly at: number; readonly by: string }

const position = fc.nat(10_000)
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constantFrom('deleteLine', 'repeatLine', 'cutHere'), at: position }),
  fc.record({ kind: fc.constant('swapLines' as const), at: position, with: position }),
  fc.record({ kind: fc.constantFrom('deleteToken', 'repeatToken'), at: position }),
  fc.record({
    kind: fc.constantFrom('replaceToken', 'insertText'),
    at: position,
    by: fc.oneof(fc.constantFrom(...ODD_TEXTS), fc.string({ maxLength: 12 })),
  }),
)

function mutate(text: string, change: Mutation): string {
  const lines = text.split('\n')
  const tokens = text.split(/(\s+|[{}[\],:])/)
  const line = change.at % lines.length
  const token = change.at % tokens.length
  switch (change.kind) {
    case 'deleteLine':
      return lines.toSpliced(line, 1).join('\n')
    case 'repeatLine':
      return lines.toSpliced(line, 0, lines[line] ?? '').join('\n')
    case 'cutHere':
      return text.slice(0, change.at % (text.length + 1))
    case 'swapLines': {
      const other = change.with % lines.length
      return lines
        .with(line, lines[other] ?? '')
        .with(other, lines[line] ?? '')
        .join('\n')
    }
    case 'deleteToken':
      return tokens.toSpliced(token, 1).join('')
    case 'repeatToken':
      return tokens.toSpliced(token, 0, tokens[token] ?? '').join('')
    case 'replaceToken':
      return tokens.with(token, change.by).join('')
    case 'insertText': {
      const at = change.at % (text.length + 1)
      return text.slice(0, at) + change.by + text.slice(at)
    }
  }
}

/** The paths of all numbers that are not finite, and of all values that no portfolio holds. */
function strange(value: unknown, path: string): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} is ${value}`]
  if (typeof value === 'function' || typeof value === 'symbol') return [`${path} is a ${typeof value}`]
  if (value === null || typeof value !== 'object') return []
  const prototype = Object.getPrototypeOf(value)
  const isPlain = prototype === Object.prototype || Array.isArray(value)
  return [
    ...(isPlain ? [] : [`${path} has another prototype`]),
    ...Object.entries(value).flatMap(([name, held]) => strange(held, `${path}.${name}`)),
  ]
}

test('whatever is done to the texts of a portfolio, it is read, or its problems are named with their places', () => {
  const file = fc.constantFrom(...Object.keys(SMALL_TEXTS))
  const seen = new Set<string>()
  let read = 0
  fc.assert(
    fc.property(fc.array(fc.tuple(file, mutation), { minLength: 1, maxLength: 4 }), (changes) => {
      const texts: Record<string, string> = { ...SMALL_TEXTS }
      for (const [name, change] of changes) texts[name] = mutate(texts[name] ?? '', change)
      const result = readPortfolio(smallPortfolio(texts), BUILT_IN)
      if (result.ok) {
        read++
        expect(strange(result.value, 'portfolio')).toEqual([])
        return
      }
      expect(result.problems.length).toBeGreaterThan(0)
      for (const problem of result.problems) {
        seen.add(problem.code)
        expect(Object.keys(PROBLEM_CODES)).toContain(problem.code)
        expect(Object.keys(texts)).toContain(problem.file)
        const lines = (texts[problem.file] ?? '').split(/\r\n|\r|\n/).length
        expect(problem.line).toBeGreaterThanOrEqual(1)
        expect(problem.line).toBeLessThanOrEqual(lines + 1)
        expect(problem.column).toBeGreaterThanOrEqual(1)
        expect(problem.message).not.toMatch(/undefined|\[object/)
      }
    }),
    {
      numRuns: Number(process.env.OFFTAKE_FUZZ_RUNS ?? 200),
      seed: Number(process.env.OFFTAKE_FUZZ_SEED ?? 20),
    },
  )
  // A fuzz that never reads a portfolio, or finds but a few problems, tests nothing.
  expect(read).toBeGreaterThan(10)
  expect(seen.size).toBeGreaterThan(15)
}, 600_000)

test('whatever stands in the cells of a price table, its rows are read or named', () => {
  const cell = fc.oneof(fc.constantFrom(...ODD_TEXTS), fc.constantFrom(...SMALL_PRICES.flat()))
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 5 }),
      fc.boolean(),
      (rows, headed) => {
        const [head = []] = SMALL_PRICES
        const prices = headed ? [head, ...rows] : rows
        const result = readPortfolio(smallPortfolio({}, prices), BUILT_IN)
        if (result.ok) expect(strange(result.value, 'portfolio')).toEqual([])
        else for (const { line } of result.problems) expect(line).toBeGreaterThanOrEqual(1)
      },
    ),
    { numRuns: 100, seed: 21 },
  )
})
