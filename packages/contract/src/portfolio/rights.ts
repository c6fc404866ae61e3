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
import type { Reading } from './reading.ts'
import { span } from './span.ts'

/** A right to expand, extend or end, with the window in which it can be used. */
export function option(reading: Reading): z.ZodType<Option> {
  return z.strictObject({
    id: identifier(),
    kind: choice(['expand', 'extend', 'terminate']),
    window: span(),
    accelerators: figure(accelerators(), reading).exactOptional(),
    months: count({ from: 1, to: 1200 }).exactOptional(),
    exercised: date().exactOptional(),
    note: words().exactOptional(),
  })
}

/** Another party's right to be offered first. */
export function priorityRight(reading: Reading): z.ZodType<PriorityRight> {
  return z.strictObject({
    holder: words(),
    subject: words(),
    window: span(),
    source: words().default(() => reading.file),
  })
}

/** What may be had from, or sold through, one party alone. */
export function exclusivity(reading: Reading): z.ZodType<Exclusivity> {
  return z.strictObject({
    party: words(),
    scope: words(),
    window: span(),
    source: words().default(() => reading.file),
  })
}

/** Whether unused capacity may be sold on. */
export function resale(): z.ZodType<ResaleRight> {
  return z.strictObject({
    allowed: yesOrNo(),
    consent: choice(['none', 'provider']).default('provider'),
    note: words().exactOptional(),
  })
}

/** Equity that changes hands beside the agreement. */
export function equityLink(reading: Reading): z.ZodType<EquityLink> {
  return z.strictObject({ holder: words(), what: words(), source: words().default(() => reading.file) })
}

/** Another agreement that counts the same accelerators. */
export function overlap(): z.ZodType<Overlap> {
  return z.strictObject({ agreement: identifier(), because: words() })
}
