import { z } from 'zod'
import type { ProblemCode } from '../problems.ts'

/** Why a text or number could not be read. */
export interface Unreadable {
  readonly code: ProblemCode
  readonly message: string
}

/** How a value looks in a file, for editors and for the message where it is something else. */
interface Looks {
  /** Completes 'must be …'. */
  readonly expected: string
  readonly pattern: string
  readonly examples: readonly (string | number)[]
}

/** A value written as text or as a plain number, read by `parse`. */
export function textOrNumber<Value>(looks: Looks, parse: (raw: string | number) => Value | Unreadable) {
  const text = z.string().meta({ pattern: looks.pattern })
  return z
    .union([z.number(), text], { error: `must be ${looks.expected}` })
    .meta({ description: looks.expected, examples: [...looks.examples] })
    .transform(readBy(parse))
}

/** A value written as text, read by `parse`. */
export function textOnly<Value>(looks: Looks, parse: (raw: string) => Value | Unreadable) {
  return z
    .string({ error: `must be ${looks.expected}` })
    .meta({ pattern: looks.pattern, description: looks.expected, examples: [...looks.examples] })
    .transform(readBy(parse))
}

function readBy<Raw, Value>(parse: (raw: Raw) => Value | Unreadable) {
  return (raw: Raw, context: z.core.$RefinementCtx<Raw>): Value => {
    const value = parse(raw)
    if (!isUnreadable(value)) return value
    context.issues.push({
      code: 'custom',
      input: raw,
      params: { code: value.code },
      message: value.message,
      continue: false,
    })
    return z.NEVER
  }
}

function isUnreadable(value: unknown): value is Unreadable {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value
}
