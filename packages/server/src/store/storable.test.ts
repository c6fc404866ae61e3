import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unstorableIn } from './storable.ts'

const HALF = '\ud800'

describe('what was sent cannot be kept', () => {
  test.each([
    [`a${HALF}b`, []],
    ['a\0b', []],
    [{ command: ['echo', HALF] }, ['command', '1']],
    [{ deep: { [HALF]: 1 } }, ['deep']],
  ])('where it holds no text: %j', (value, path) => {
    expect(unstorableIn(value)).toMatchObject({ path })
  })

  test('where it is nested without end, however deep that is', () => {
    const nested = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)
    expect(unstorableIn(nested)?.message).toContain('nested')
  })
})

test('whatever a database takes is let through', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      const isText = !/\\u(0000|d[89a-f])/i.test(JSON.stringify(value))
      expect(unstorableIn(value) === undefined).toBe(isText)
    }),
  )
  expect(unstorableIn({ name: 'größer 😀', n: 1, none: null })).toBeUndefined()
})
