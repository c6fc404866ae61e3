import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { masked, passwordsIn } from './masked.ts'
import { newSecret } from './token-book.ts'

describe('a text for the log', () => {
  test.each([
    ['postgres://me:hunter2@host/db is away', 'postgres://me:***@host/db is away'],
    ['postgres://:hunter2@host/db', 'postgres://:***@host/db'],
    ['Authorization: Bearer abc.def', 'Authorization: Bearer ***'],
    ['{"authorization":"bearer abc"}', '{"authorization":"bearer ***"}'],
    ['eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.c2ln expired', '*** expired'],
    ['http://127.0.0.1:7420/v1/jobs', 'http://127.0.0.1:7420/v1/jobs'],
    ['a job of lab: 3 nodes', 'a job of lab: 3 nodes'],
  ])('%s', (text, shown) => {
    expect(masked(text)).toBe(shown)
  })

  test('has no token of ours, wherever it stands', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const secret = newSecret()
        expect(masked(`${before}${secret} ${after}`)).not.toContain(secret.slice(4))
      }),
    )
  })

  test('has none of the secrets that it is told of', () => {
    expect(masked('it is p%40ss-word, or p@ss-word', passwordsIn('postgres://me:p%40ss-word@host/db'))).toBe(
      'it is ***, or ***',
    )
    expect(passwordsIn('/var/lib/offtake')).toEqual([])
    expect(passwordsIn('postgres://me@host/db')).toEqual([])
    expect(passwordsIn('postgres://me:%zz-broken@host/db')).toContain('%zz-broken')
  })
})
