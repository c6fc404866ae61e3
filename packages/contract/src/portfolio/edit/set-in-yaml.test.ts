import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type Step, setInYaml } from './set-in-yaml.ts'

describe('a value is set in a text', () => {
  test.each<[string, string, readonly Step[], string, string]>([
    ['in its place, beside its comment', 'a: 1 # one\nb: 2\n', ['a'], '3', 'a: 3 # one\nb: 2\n'],
    [
      'after the others of its map',
      'a: 1 # one\n\n# of c\nc: 2\n',
      ['b'],
      '3',
      'a: 1 # one\n\n# of c\nc: 2\nb: 3\n',
    ],
    [
      'in a map of a list',
      'l:\n  - id: x\n    a: 1\n  - id: y\n',
      ['l', 0, 'b'],
      '2',
      'l:\n  - id: x\n    a: 1\n    b: 2\n  - id: y\n',
    ],
    ['in a flow map', 'l:\n  - { id: x, a: 1 }\n', ['l', 0, 'b'], '2', 'l:\n  - { id: x, a: 1, b: 2 }\n'],
    ['in an empty flow map', 'l: {}\n', ['l', 'b'], '2', 'l: { b: 2 }\n'],
    ['over a map', 'a: { value: 1, source: x }\n', ['a'], '2', 'a: 2\n'],
    ['over a map of several lines', 'a:\n  value: 1\n  source: x\nb: 1\n', ['a'], '2', 'a: 2\nb: 1\n'],
    ['over folded words', 'a: >-\n  some\n  words\nb: 1\n', ['a'], '2', 'a: 2\nb: 1\n'],
    [
      'as another item',
      'l:\n  - 1\n  - 2 # two\nb: 1\n',
      ['l', 2],
      '3',
      'l:\n  - 1\n  - 2 # two\n  - 3\nb: 1\n',
    ],
    ['as another item of a flow list', 'l: [1, 2]\n', ['l', 2], '3', 'l: [1, 2, 3]\n'],
    [
      'after words of several lines',
      'a: >-\n  some\n\n  words\n',
      ['b'],
      '2',
      'a: >-\n  some\n\n  words\nb: 2\n',
    ],
    ['where the last line has no end', 'a: 1', ['b'], '2', 'a: 1\nb: 2\n'],
    [
      'among lines that end as on Windows',
      'a: 1\r\nc:\r\n  d: 1\r\n',
      ['c', 'e'],
      '2',
      'a: 1\r\nc:\r\n  d: 1\r\n  e: 2\r\n',
    ],
  ])('%s', (_, text, path, yaml, expected) => {
    expect(setInYaml(text, path, yaml)).toBe(expected)
  })

  test.each<[string, string, readonly Step[]]>([
    ['is shared by an alias', 'a: &x 1\nb: *x\n', ['a']],
    ['is an alias', 'a: &x { c: 1 }\nb: *x\n', ['b', 'c']],
    ['is in a list that ends before it', 'l: [1]\n', ['l', 3]],
    ['is below one that is no map', 'a: 1\n', ['a', 'b']],
    ['is in a text that cannot be read', 'a: [\n', ['a']],
  ])('or is left alone where it %s', (_, text, path) => {
    expect(setInYaml(text, path, '2')).toBeUndefined()
  })
})

test('whatever the text, only that value becomes another, and comments stay', () => {
  const word = fc.stringMatching(/^[a-z]{1,6}$/)
  const comment = fc.option(fc.constantFrom('# one', '#two: 2', '# - three'), { nil: '' })
  const scalar = fc.constantFrom(
    '1',
    'two words',
    '"a: b"',
    "'it''s'",
    '2026-01-01',
    'true',
    '{ x: 1, y: [2] }',
    '[]',
  )
  const pairs = fc.uniqueArray(fc.tuple(word, scalar, comment), {
    selector: ([key]) => key,
    minLength: 1,
    maxLength: 6,
  })
  const text = fc.tuple(pairs, pairs, fc.constantFrom('  ', '    ')).map(([top, inner, indent]) => {
    const lines = (of: typeof top, by: string) =>
      of.map(([key, value, words]) => `${by}${key}: ${value} ${words}`.trimEnd())
    return {
      text: [...lines(top, ''), 'INNER:', ...lines(inner, indent), '# the end', ''].join('\n'),
      top,
      inner,
    }
  })
  fc.assert(
    fc.property(text, word, fc.boolean(), ({ text: before, top, inner }, key, isInner) => {
      const path = isInner ? ['INNER', key] : [key]
      const after = setInYaml(before, path, '77')
      expect(after).toBeDefined()
      const value = parse(before)
      const holder = isInner ? value.INNER : value
      holder[key] = 77
      expect(parse(after ?? '')).toEqual(value)
      const isThere = (isInner ? inner : top).some(([name]) => name === key)
      const [old, now] = [before.split('\n'), (after ?? '').split('\n')]
      expect(now.length).toBe(old.length + (isThere ? 0 : 1))
      expect(now.filter((line) => !old.includes(line)).length).toBeLessThanOrEqual(1)
      expect(comments(after ?? '')).toEqual(comments(before))
    }),
    { numRuns: 300 },
  )
})

function comments(text: string): string[] {
  return text.split('\n').flatMap((line) => line.match(/# one|#two: 2|# - three|# the end/g) ?? [])
}
