import type {
  EquityLink,
  Exclusivity,
  Option,
  Overlap,
  PriorityRight,
  ResaleRight,
} from '@offtake/core/agreements/agreement'
import { z } from 'zod'
import { accelerators } from './accelerators.ts'
import { choice, yesOrNo } from './choice.ts'
import { date } from './date.ts'
import { figure } from './figure.ts'
import { identifier, words } from './identifier.ts'
import { count } from './number.ts'
import { plainFigure } from './plain-figure.ts'
import type { Reading } from './reading.ts'
import { span } from './span.ts'

/** A right to expand, extend or end, with the window in which it can be used. */
export function option(reading: Reading): z.ZodType<Option> {
  return z.strictObject({
    id: identifier,
    kind: choice(['expand', 'extend', 'terminate']),
    window: span.describe('when it can be exercised'),
    accelerators: figure(accelerators, reading).exactOptional().describe('how many more it brings'),
    months: plainFigure(count({ from: 1, to: 1200 }))
      .exactOptional()
      .describe('by how much it extends the term'),
    exercised: date.exactOptional().describe('when it was exercised, if it was'),
    note: words.exactOptional(),
  })
}

/** Another party's right to be offered first. */
export function priorityRight(reading: Reading): z.ZodType<PriorityRight> {
  return z.strictObject({
    holder: words.describe('who must be offered first'),
    subject: words.describe('what must be offered'),
    window: span,
    source: words.default(() => reading.file),
  })
}

/** What may be had from, or sold through, one party alone. */
export function exclusivity(reading: Reading): z.ZodType<Exclusivity> {
  return z.strictObject({
    party: words.describe('who has it alone'),
    scope: words.describe('what it is about; two of the same scope must not overlap in time'),
    window: span,
    source: words.default(() => reading.file),
  })
}

/** Whether unused capacity may be sold on. */
export const resale: z.ZodType<ResaleRight> = z.strictObject({
  allowed: yesOrNo,
  consent: choice(['none', 'provider']).default('provider').describe('whose consent it takes'),
  note: words.exactOptional(),
})

/** Equity that changes hands beside the agreement. */
export function equityLink(reading: Reading): z.ZodType<EquityLink> {
  return z.strictObject({
    holder: words.describe('who gets it'),
    what: words.describe('what they get'),
    source: words.default(() => reading.file),
  })
}

/** Another agreement that counts the same accelerators. */
export const overlap: z.ZodType<Overlap> = z.strictObject({
  agreement: identifier.describe('the id of the other agreement'),
  because: words.describe('why the two count the same accelerators'),
})
