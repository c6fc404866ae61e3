import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DiffLine, diffParts, lineDiff } from './line-diff.ts'

function side(lines: readonly DiffLine[], left: 'removed' | 'added'): string[] {
  return lines.filter(({ kind }) => kind === 'same' || kind === left).map(({ text }) => text)
}

test('a changed line is removed and added where it stands', () => {
  expect(lineDiff('a\nb\nc\n', 'a\nB\nc\n')).toEqual([
    { kind: 'same', text: 'a' },
    { kind: 'removed', text: 'b' },
    { kind: 'added', text: 'B' },
    { kind: 'same', text: 'c' },
  ])
})

test('a line that moved is the only change', () => {
  const changes = lineDiff('a\nb\nc\nd\n', 'b\nc\nd\na\n').filter(({ kind }) => kind !== 'same')
  expect(changes).toEqual([
    { kind: 'removed', text: 'a' },
    { kind: 'added', text: 'a' },
  ])
})

test('texts without a line in common are replaced, however long', () => {
  const many = (word: string): string => Array.from({ length: 3_000 }, (_, n) => `${word} ${n}`).join('\n')
  const lines = lineDiff(many('a'), many('b'))
  expect(side(lines, 'removed').join('\n')).toBe(many('a'))
  expect(side(lines, 'added').join('\n')).toBe(many('b'))
})

test('each side of a comparison is the whole of its text', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 14 })
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = lineDiff(before.join('\n'), after.join('\n'))
      expect(side(lines, 'removed')).toEqual(before)
      expect(side(lines, 'added')).toEqual(after)
    }),
  )
})

test('far from any change, lines are counted and not shown', () => {
  const before = Array.from({ length: 20 }, (_, n) => String(n))
  const parts = diffParts(lineDiff(before.join('\n'), [...before, 'new'].join('\n')))
  expect(parts[0]).toEqual({ kind: 'gap', count: 17 })
  expect(parts[1]).toMatchObject({ kind: 'lines', lines: [{}, {}, {}, { kind: 'added', text: 'new' }] })
})
