import { toUnits } from '@offtake/core/base/money'
import type { Expectation } from '@offtake/core/simulation/expectation'
import { z } from 'zod'
import { amount } from './amount.ts'
import { figure } from './figure.ts'
import { identifier, words } from './identifier.ts'
import { quantity } from './number.ts'
import { plainFigure } from './plain-figure.ts'
import type { Reading } from './reading.ts'
import { share } from './share-text.ts'

/** Arithmetic that a run must reproduce. */
export function expectation(reading: Reading): z.ZodType<Expectation> {
  const sum = figure(amount(reading), reading)
  return z.strictObject({
    name: words,
    of: base(reading).describe("what is divided: the total of 'agreements', or a 'sum'"),
    overYears: plainFigure(quantity({ from: 0.01, to: 100 }))
      .exactOptional()
      .describe('divides by so many years'),
    against: sum.exactOptional().describe('divides by a sum, which makes the result a ratio'),
    expected: plainFigure(amount(reading).transform(toUnits)).describe('a sum such as 200bn, or the ratio'),
    tolerance: plainFigure(share).describe('how far the result may be off, relative to what is expected'),
  })
}

function base(reading: Reading) {
  return z
    .strictObject({
      agreements: z.array(identifier).min(1).exactOptional(),
      sum: figure(amount(reading), reading).exactOptional(),
    })
    .transform((said, context): Expectation['of'] => {
      const { agreements, sum } = said
      if (agreements !== undefined && sum === undefined) return { agreements }
      if (agreements === undefined && sum !== undefined) return { sum }
      context.issues.push({
        code: 'custom',
        input: said,
        params: { code: 'badAlternative' },
        message: "an expectation is of 'agreements' or of a 'sum': exactly one of them",
      })
      return z.NEVER
    })
}
