import { expect, test } from 'vitest'
import { ITEM } from './json-schema.ts'
import { placeIn } from './yaml-place.ts'

/** Where `|` stands. */
function placeOf(marked: string) {
  const at = marked.indexOf('|')
  const { taken, ...place } = placeIn(marked.replace('|', ''), at)
  return { ...place, from: at - place.from, taken: [...taken] }
}

test('a key at the top, beside others', () => {
  expect(placeOf('name: a\nten|\nlimit: 2h\n')).toEqual({
    path: [],
    kind: 'key',
    from: 3,
    taken: ['name', 'limit'],
  })
})

test('a value behind its key, in a list in brackets too', () => {
  expect(placeOf('tenant: re|')).toMatchObject({ path: ['tenant'], kind: 'value', from: 2 })
  expect(placeOf('hardware: [h100, h2|]')).toMatchObject({ path: ['hardware', ITEM], kind: 'value', from: 2 })
})

test('a key of an item of a list, indented or not', () => {
  for (const dash of ['  - ', '- '])
    expect(placeOf(`roles:\n${dash}name: a\n${' '.repeat(dash.length)}mem|`)).toMatchObject({
      path: ['roles', ITEM],
      kind: 'key',
      taken: ['name'],
    })
})

test('a value below two mappings, with comments and empty lines between', () => {
  const text = 'roles:\n  - name: a # one\n\n    within:\n      # how near\n      level: no|'
  expect(placeOf(text)).toMatchObject({ path: ['roles', ITEM, 'within', 'level'], kind: 'value', from: 2 })
})

test('an item that is written behind its dash', () => {
  expect(placeOf('name: a\nhardware:\n  - h1|')).toMatchObject({ path: ['hardware', ITEM], from: 2 })
})
