import type { Price } from '@offtake/core/agreements/agreement'
import { z } from 'zod'
import { amount } from './amount.ts'
import { choice } from './choice.ts'
import { figure } from './figure.ts'
import { words } from './identifier.ts'
import { quantity } from './number.ts'
import type { Reading } from './reading.ts'
import { rate } from './share-text.ts'

export const INTERVALS = ['month', 'quarter', 'year', 'fullTerm'] as const

/** What a line costs: per accelerator-hour, per MW-month, or a fixed sum; with an escalator, or following an index. */
export function price(reading: Reading): z.ZodType<Price> {
  const sum = figure(amount(reading), reading)
  const escalator = z.strictObject({ perYear: figure(rate, reading) })
  const index = z.strictObject({ name: words, cap: sum.exactOptional(), floor: sum.exactOptional() })
  const changes = { escalator: escalator.exactOptional(), index: index.exactOptional() }
  return z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('perAcceleratorHour'), amount: sum, ...changes }),
    z.strictObject({
      kind: z.literal('perMwMonth'),
      amount: sum,
      megawatts: figure(quantity(), reading),
      ...changes,
    }),
    z.strictObject({ kind: z.literal('fixed'), amount: sum, every: choice(INTERVALS), ...changes }),
  ])
}
