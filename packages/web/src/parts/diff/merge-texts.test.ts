import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeTexts } from './merge-texts.ts'

const BASE = 'id: a\ntitle: A\nprovider: north\nstart: 2026\nuntil: 2027\n'

test('changes of two people in different places are both kept', () => {
  const mine = BASE.replace('title: A', 'title: Mine')
  const theirs = BASE.replace('until: 2027', 'until: 2028\nnotes: [longer]')
  const both = 'id: a\ntitle: Mine\nprovider: north\nstart: 2026\nuntil: 2028\nnotes: [longer]\n'
  expect(mergeTexts(BASE, mine, theirs)).toBe(both)
  expect(mergeTexts(BASE, theirs, mine)).toBe(both)
})

test('changes of the same line are for a person to settle', () => {
  const mine = BASE.replace('title: A', 'title: Mine')
  expect(mergeTexts(BASE, mine, BASE.replace('title: A', 'title: Theirs'))).toBeUndefined()
})

test('the same change by both is made once', () => {
  const changed = BASE.replace('title: A', 'title: B')
  expect(mergeTexts(BASE, changed, changed)).toBe(changed)
})

test('whoever changed nothing leaves what the other made', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 10 }).map((lines) => lines.join('\n'))
  fc.assert(
    fc.property(text, text, (base, changed) => {
      expect(mergeTexts(base, base, changed)).toBe(changed)
      expect(mergeTexts(base, changed, base)).toBe(changed)
    }),
  )
})
