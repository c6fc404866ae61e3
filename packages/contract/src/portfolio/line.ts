import type { Line, SpotLoss, Tranche } from '@offtake/core/agreements/agreement'
import { HOUR_MS } from '@offtake/core/base/instant'
import { z } from 'zod'
import { accelerators } from './accelerators.ts'
import { date } from './date.ts'
import { duration } from './duration.ts'
import { figure } from './figure.ts'
import { identifier, poolPart } from './identifier.ts'
import { count, quantity } from './number.ts'
import { plainFigure } from './plain-figure.ts'
import { price } from './price.ts'
import type { Reading } from './reading.ts'
import { share } from './share-text.ts'

/** Hardware, quantity and price within an agreement. */
export function line(reading: Reading): z.ZodType<Line> {
  return z.strictObject({
    id: identifier,
    hardware: poolPart.describe('an id of the hardware table, such as h100 or gb200-nvl72'),
    region: poolPart.default('anywhere'),
    fabric: poolPart
      .default('default')
      .describe('the scale-out network; capacity is interchangeable only within one'),
    price: price(reading),
    takeOrPay: figure(share, reading)
      .exactOptional()
      .describe("the part that is owed whether used or not; the commitment's own by default"),
    losses: losses.exactOptional(),
    tranches: z.array(tranche(reading)).default([]).describe('what arrives when'),
    cpuCores: figure(count(), reading).exactOptional().describe('CPU cores: counted, not listed'),
  })
}

const losses = z
  .strictObject({
    perNodeDay: plainFigure(quantity({ to: 10_000 })).describe(
      'how often a node is taken back in a day, on average',
    ),
    away: plainFigure(duration).default(HOUR_MS).describe('how long until it is offered again'),
  })
  .transform(({ perNodeDay, away }): SpotLoss => ({ perNodeDay, awayMs: away }))
  .describe('how often spot capacity is taken back; never by default')

/** A dated delivery of part of a line. */
function tranche(reading: Reading): z.ZodType<Tranche> {
  return z.strictObject({
    id: identifier,
    accelerators: figure(accelerators, reading),
    promised: figure(date, reading).describe('when it was promised'),
    delivered: date.exactOptional().describe('when it was handed over, if it was'),
    expected: figure(date, reading).exactOptional().describe('when it is now expected, if it is late'),
  })
}
