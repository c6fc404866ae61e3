import { z } from 'zod'

/** One of several words. */
export function choice<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words)
}

/** Yes or no. */
export const yesOrNo = z.boolean({ error: 'must be true or false' })
