import fc from 'fast-check'
import { expect, it } from 'vitest'
import { visibleText } from './visible-text.ts'

it('writes out what a terminal would obey', () => {
  expect(visibleText('a\u001b[2Jb\u0007c\rd')).toBe('a\\u001b[2Jb\\u0007c\\u000dd')
  expect(visibleText('\u009b31m and \u202eback')).toBe('\\u009b31m and \\u202eback')
})

it('leaves alone line breaks, our own bold and dim, and every other letter', () => {
  const text = '\u001b[1mbold\u001b[22m\n\u001b[2mdim\u001b[22m – “Ünï” 日本 €'
  expect(visibleText(text)).toBe(text)
})

it('leaves nothing that a terminal obeys, whatever it is given', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = ['1', '2', '22'].reduce(
        (rest, style) => rest.replaceAll(`\u001b[${style}m`, ''),
        visibleText(text),
      )
      const codes = [...shown].map((letter) => letter.codePointAt(0) ?? 0)
      expect(codes.filter((code) => (code < 32 && code !== 10) || (code >= 127 && code < 160))).toEqual([])
    }),
  )
})
