import type { PoolShape } from '@offtake/core/capacity/fleet'
import { z } from 'zod'
import { fleetPool } from './fleet-pool.ts'
import { hardware } from './hardware.ts'
import { poolPart, words } from './identifier.ts'
import { acceleratorsPerNode, domainsPerBlock, nodesPerDomain } from './node-counts.ts'
import type { Reading } from './reading.ts'

const shape = z
  .strictObject({
    pool: words.exactOptional().describe('provider/region/hardware of the pool that it is for'),
    hardware: poolPart.exactOptional().describe('the hardware that it is for, in every pool'),
    acceleratorsPerNode: acceleratorsPerNode.exactOptional(),
    nodesPerDomain: nodesPerDomain.exactOptional(),
    domainsPerBlock: domainsPerBlock.exactOptional(),
  })
  .transform((said, context): PoolShape => {
    if ((said.pool === undefined) !== (said.hardware === undefined)) return said
    context.issues.push({
      code: 'custom',
      input: said,
      params: { code: 'badAlternative' },
      message: "a shape is that of a 'pool' or of 'hardware': exactly one of them",
    })
    return z.NEVER
  })

/** One file of `fleet/`. */
export function fleetFile(reading: Reading) {
  return z.strictObject({
    hardware: z
      .array(hardware(reading))
      .default([])
      .describe('accelerators that the built-in table does not know'),
    shapes: z.array(shape).default([]).describe('how machines are built, where that is not usual'),
    pools: z.array(fleetPool).default([]).describe('machines that no agreement brings'),
  })
}
