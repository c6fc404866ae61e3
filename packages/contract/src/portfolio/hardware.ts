import type { Hardware } from '@offtake/core/base/hardware'
import { z } from 'zod'
import { choice } from './choice.ts'
import { poolPart, words } from './identifier.ts'
import { acceleratorsPerNode, nodesPerDomain } from './node-counts.ts'
import { quantity } from './number.ts'
import { plainFigure } from './plain-figure.ts'
import type { Reading } from './reading.ts'

const fact = plainFigure(quantity()).exactOptional()

/** An accelerator that the built-in table does not know. */
export function hardware(reading: Reading): z.ZodType<Hardware> {
  return z.strictObject({
    id: poolPart,
    name: words,
    bf16DenseTflops: fact,
    fp8DenseTflops: fact,
    fp4DenseTflops: fact,
    hbmGb: fact,
    hbmTbPerSecond: fact,
    watts: fact.describe('thermal design power of the accelerator alone'),
    shape: z.strictObject({ acceleratorsPerNode, nodesPerDomain }),
    interconnectGbPerSecond: fact.describe('scale-up bandwidth, both directions together'),
    confidence: choice(['H', 'M', 'L']).default('L').describe('how sure the facts are: high, medium, low'),
    source: words.default(() => reading.file),
    note: words.exactOptional(),
  })
}
