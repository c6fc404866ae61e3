import { WHOLE } from '@offtake/core/base/quantity'
import { z } from 'zod'
import { count } from './number.ts'
import { plainFigure } from './plain-figure.ts'
import { share } from './share-text.ts'

const SHARE_OR_NUMBER = "a spread has 'atMost' as a share, or 'distinct' as a number: exactly one of them"

/** How replicas, or gangs of a workload, are kept from all going out together. */
export const spread = z
  .strictObject({
    over: z
      .enum(['provider', 'region', 'pool', 'domain'])
      .describe('what may go out and not take too many along'),
    atMost: plainFigure(share.transform((part) => part / WHOLE))
      .exactOptional()
      .describe('the largest share that one of those may hold, rounded up to a whole one'),
    distinct: plainFigure(count({ from: 1, to: 10_000 }))
      .exactOptional()
      .describe('over how many of those they are spread at least'),
  })
  .check((context) => {
    const { atMost, distinct } = context.value
    const isOne = (atMost === undefined) !== (distinct === undefined)
    if (isOne && atMost !== 0) return
    const message = isOne ? "'atMost' is a share above 0" : SHARE_OR_NUMBER
    context.issues.push({ code: 'custom', input: context.value, params: { code: 'badAlternative' }, message })
  })
