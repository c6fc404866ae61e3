import { z } from 'zod'

/** A larger number goes first. */
export const priority = z
  .number({ error: 'must be a whole number' })
  .int()
  .min(-1_000_000)
  .max(1_000_000)
  .default(0)
  .describe('a larger number goes first')
