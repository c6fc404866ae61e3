import { expect, test } from 'vitest'
import { checkerImports } from './checker-imports.ts'
import { placesFound } from './testing/plant.ts'

const RULES = 'packages/core/src/allocation/invariants/state-rules.ts'

test.each([
  `import { kindOf } from '../shape.ts'`,
  `import { type Shape, kindOf } from '../shape.ts'`,
  `import * as shape from '../shape.ts'`,
  `import '../shape.ts'`,
])('a checker must not run what it checks: %s', (line) => {
  expect(placesFound(checkerImports, { [RULES]: `const a = 1\n${line}` })).toEqual([`${RULES}:2`])
})

test('it takes types, and code of its own', () => {
  const text = [
    `import type { Shape } from '../shape.ts'`,
    `import { type Part } from '../events.ts'`,
    `import { heldIn } from './recount.ts'`,
  ]
  const whole = `import { stateRules } from './invariants/state-rules.ts'`
  const found = placesFound(checkerImports, {
    [RULES]: text.join('\n'),
    'packages/core/src/allocation/invariants.ts': whole,
  })
  expect(found).toEqual([])
})

test('others, and the tests of a checker, import what they need', () => {
  const text = `import { kindOf } from './shape.ts'`
  const found = placesFound(checkerImports, {
    'packages/core/src/allocation/queue.ts': text,
    'packages/core/src/allocation/invariants.test.ts': text,
  })
  expect(found).toEqual([])
})
