import fc from 'fast-check'
import { expect, test } from 'vitest'
import { embedded, html, trusted } from './html.ts'

test('whatever text is put into markup stays text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), hostile()), (text) => {
      const { markup } = html`<p title="${text}">${text}</p>`
      expect(markup.match(/[<>"']/g)?.join('')).toBe('<"">' + '<>')
      expect(unescaped(markup)).toBe(`<p title="${text}">${text}</p>`)
    }),
  )
})

test('markup within markup is not escaped again, lists are joined, nothing leaves nothing', () => {
  const items = ['a', 'b'].map((name) => html`<li>${name}</li>`)
  expect(html`<ul>${items}</ul>${undefined}${3}${trusted('<hr>')}`.markup).toBe(
    '<ul><li>a</li><li>b</li></ul>3<hr>',
  )
})

test('data for a script comes back as it went in, and cannot end the script', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), hostile()), (text) => {
      const { markup } = embedded({ text })
      expect(markup).not.toContain('<')
      expect(JSON.parse(markup)).toEqual({ text })
    }),
  )
})

function hostile(): fc.Arbitrary<string> {
  return fc.constantFrom(
    '</script><script>alert(1)</script>',
    '<!--',
    '"><img src=x onerror=alert(1)>',
    '&lt;',
  )
}

function unescaped(markup: string): string {
  return markup
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
