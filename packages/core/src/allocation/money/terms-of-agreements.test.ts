import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Agreement } from '../../agreements/agreement.ts'
import { dearLines } from '../../agreements/dear-lines.ts'
import { agreements } from '../../testing/any-agreement.ts'
import { at } from '../../testing/dates.ts'
import { aPool, refusal } from '../../testing/scene.ts'
import { termsOfAgreements } from './terms-of-agreements.ts'

const NO_PRICES = { points: [] }

/** With ids that differ. */
function named(drawn: readonly Agreement[]): Agreement[] {
  return drawn.map((agreement, n) => ({
    ...agreement,
    id: `a${n}`,
    lines: agreement.lines.map((line, l) => ({ ...line, id: `l${l}` })),
  }))
}

test('the allocator takes the terms of all agreements whose prices the check lets pass', () => {
  const span = { start: at('2024-01-01'), until: at('2034-01-01') }
  let passed = 0
  fc.assert(
    fc.property(fc.array(agreements, { maxLength: 3 }), (drawn) => {
      const list = named(drawn)
      if (dearLines(list, NO_PRICES).length > 0) return
      passed += 1
      const source = {
        currency: 'USD',
        agreements: list,
        slips: new Map(),
        prices: NO_PRICES,
        pools: [],
        span,
      }
      const terms = termsOfAgreements(source)
      expect(terms.ok && refusal(aPool([]).tell({ kind: 'setTerms', terms: terms.value }))).toBe(undefined)
    }),
    { numRuns: 300 },
  )
  expect(passed).toBeGreaterThan(50)
})
