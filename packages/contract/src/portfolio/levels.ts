import { z } from 'zod'
import { date } from './date.ts'
import { quantity } from './number.ts'
import { plainFigure } from './plain-figure.ts'

const level = z.strictObject({
  from: date,
  factor: quantity({ to: 1_000_000 }).describe('times so much from then on'),
})

/** How demand rises and falls where no yearly growth says it. */
export const levels = plainFigure(
  z.array(level).transform((said) => said.toSorted((a, b) => a.from - b.from)),
).describe('multiplies what is asked for, from each date on until the next; by 1 before the first')
