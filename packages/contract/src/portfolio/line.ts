import type { Line, Tranche } from '@offtake/core/agreements/agreement'
import { z } from 'zod'
import { accelerators } from './accelerators.ts'
import { date } from './date.ts'
import { figure } from './figure.ts'
import { identifier, poolPart } from './identifier.ts'
import { count } from './number.ts'
import { price } from './price.ts'
import type { Reading } from './reading.ts'
import { share } from './share-text.ts'

/** Hardware, quantity and price within an agreement. */
export function line(reading: Reading): z.ZodType<Line> {
  return z.strictObject({
    id: identifier(),
    hardware: poolPart(),
    region: poolPart().default('anywhere'),
    fabric: poolPart().default('default'),
    price: price(reading),
    takeOrPay: figure(share(), reading).exactOptional(),
    tranches: z.array(tranche(reading)).default([]),
    cpuCores: figure(count(), reading).exactOptional(),
  })
}

/** A dated delivery of part of a line. */
function tranche(reading: Reading): z.ZodType<Tranche> {
  return z.strictObject({
    id: identifier(),
    accelerators: figure(accelerators(), reading),
    promised: figure(date(), reading),
    delivered: date().exactOptional(),
    expected: figure(date(), reading).exactOptional(),
  })
}
