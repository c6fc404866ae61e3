import type { z } from 'zod'
import { figure } from './figure.ts'

const NOWHERE = { file: '', currency: '', buyer: '' }

/**
 * A number that may be written as a figure although what it becomes has no room for its provenance:
 * that is kept in the portfolio's register of figures alone.
 */
export function plainFigure<Inner extends z.ZodType>(value: Inner) {
  return figure(value, NOWHERE).transform(({ value }) => value)
}
