import { assumed, derived, type Figure, stated } from '@offtake/core/base/figure'
import { z } from 'zod'
import { words } from './identifier.ts'
import type { Reading } from './reading.ts'

/**
 * A value, plain or with where it comes from: `{ value, source }`, `{ value, derived: rule }` or `{ value, assumed: reason }`.
 * A plain value is stated by the file that holds it.
 */
export function figure<Inner extends z.ZodType>(value: Inner, reading: Reading) {
  const explained = z
    .strictObject({
      value,
      source: words.describe('who says so').exactOptional(),
      derived: words.describe('the rule that it follows from').exactOptional(),
      assumed: words.describe('why this is assumed').exactOptional(),
    })
    .check((context) => {
      const { source, derived, assumed } = context.value
      if ([source, derived, assumed].filter((word) => word !== undefined).length <= 1) return
      context.issues.push({
        code: 'custom',
        input: context.value,
        params: { code: 'badProvenance' },
        message: 'a figure is stated (source), derived or assumed: only one of them',
      })
    })
  return z
    .union([value, explained])
    .transform(
      (said): Figure<z.output<Inner>> =>
        isExplained(said) ? explain(said, reading) : stated(said as z.output<Inner>, reading.file),
    )
}

interface Explained {
  readonly value: unknown
  readonly source?: string
  readonly derived?: string
  readonly assumed?: string
}

function isExplained(said: unknown): said is Explained {
  return typeof said === 'object' && said !== null && 'value' in said
}

function explain<Value>(said: Explained, reading: Reading): Figure<Value> {
  const value = said.value as Value
  if (said.assumed !== undefined) return assumed(value, said.assumed)
  if (said.derived !== undefined) return derived(value, said.derived)
  return stated(value, said.source ?? reading.file)
}
