import type { Span } from '@offtake/core/base/span'
import { z } from 'zod'
import { date } from './date.ts'

/** A stretch of time: `start` belongs to it, `until` does not. */
export const span: z.ZodType<Span> = z.strictObject({ start: date, until: date })
