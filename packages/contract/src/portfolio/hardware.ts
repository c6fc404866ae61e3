import type { Hardware } from '@offtake/core/base/hardware'
import { z } from 'zod'
import { choice } from './choice.ts'
import { poolPart, words } from './identifier.ts'
import { count, quantity } from './number.ts'
import type { Reading } from './reading.ts'

/** An accelerator that the built-in table does not know. */
export function hardware(reading: Reading): z.ZodType<Hardware> {
  return z.strictObject({
    id: poolPart,
    name: words,
    bf16DenseTflops: quantity().exactOptional(),
    fp8DenseTflops: quantity().exactOptional(),
    fp4DenseTflops: quantity().exactOptional(),
    hbmGb: quantity().exactOptional(),
    hbmTbPerSecond: quantity().exactOptional(),
    watts: quantity().exactOptional(),
    shape: z.strictObject({
      acceleratorsPerNode: count({ from: 1, to: 10_000 }),
      nodesPerDomain: count({ from: 1, to: 100_000 }),
    }),
    interconnectGbPerSecond: quantity().exactOptional(),
    confidence: choice(['H', 'M', 'L']).default('L'),
    source: words.default(() => reading.file),
  })
}
