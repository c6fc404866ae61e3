import { WHOLE } from '@offtake/core/base/quantity'
import type { FailureRate } from '@offtake/core/capacity/failure-rate'
import type { PoolShape } from '@offtake/core/capacity/fleet'
import type { StatedUpkeep } from '@offtake/core/capacity/stated-upkeep'
import type { OffenderRule } from '@offtake/core/capacity/upkeep'
import { z } from 'zod'
import { duration } from './duration.ts'
import { fleetPool } from './fleet-pool.ts'
import { hardware } from './hardware.ts'
import { poolPart, words } from './identifier.ts'
import { acceleratorsPerNode, domainsPerBlock, nodesPerDomain } from './node-counts.ts'
import { cpuCores, memoryMiB } from './node-parts.ts'
import { count, quantity } from './number.ts'
import { plainFigure } from './plain-figure.ts'
import { plannedOutage } from './planned-outage.ts'
import type { Reading } from './reading.ts'
import { share } from './share-text.ts'

const shape = z
  .strictObject({
    pool: words.exactOptional().describe('provider/region/hardware of the pool that it is for'),
    hardware: poolPart.exactOptional().describe('the hardware that it is for, in every pool'),
    acceleratorsPerNode: acceleratorsPerNode.exactOptional(),
    nodesPerDomain: nodesPerDomain.exactOptional(),
    domainsPerBlock: domainsPerBlock.exactOptional(),
    cpuCoresPerNode: cpuCores.exactOptional().describe('cores of each node'),
    memoryMiBPerNode: memoryMiB.exactOptional().describe('memory of each node'),
  })
  .check(namesOne("a shape is that of a 'pool' or of 'hardware': exactly one of them"))
  .transform((said): PoolShape => said)

const failureRate = z
  .strictObject({
    pool: words.exactOptional().describe('provider/region/hardware of the pool whose nodes fail so often'),
    hardware: poolPart.exactOptional().describe('the hardware whose nodes fail so often, in every pool'),
    perAcceleratorYear: plainFigure(quantity({ to: 1_000 })).describe(
      'failures in a year of one accelerator in service; a node fails as often as all of its accelerators together',
    ),
    repair: plainFigure(duration).describe("from a node's failure until it is back"),
    slow: z
      .strictObject({
        part: plainFigure(share.transform((part) => part / WHOLE)).describe('of the failures'),
        speed: plainFigure(share.transform((part) => part / WHOLE))
          .refine((speed) => speed > 0 && speed < 1, {
            error: 'must be more than 0 and less than 1: a share of the speed that it had',
            params: { code: 'shareOutOfRange' },
          })
          .describe('of what it had, until its repair'),
      })
      .exactOptional()
      .describe('failures that leave the node at work, but slow'),
  })
  .check(namesOne("failures are those of a 'pool' or of 'hardware': exactly one of them"))
  .transform(({ repair, ...rest }): FailureRate => ({ ...rest, repairMs: repair }))

const upkeep = z
  .strictObject({
    pool: words.exactOptional().describe('provider/region/hardware of the pool that it is for'),
    hardware: poolPart.exactOptional().describe('the hardware that it is for, in every pool'),
    sparesPerDomain: plainFigure(count({ to: 1_000_000 }))
      .exactOptional()
      .describe('nodes of each domain that stand by, less those of it that are out of service'),
    offenders: z
      .strictObject({
        failures: plainFigure(count({ from: 1, to: 1_000 })).describe('a node that failed so often'),
        within: plainFigure(duration).describe('within so long'),
        keepOutFor: plainFigure(duration).describe('is kept out so long after its repair'),
      })
      .transform(
        ({ within, keepOutFor, failures }): OffenderRule => ({
          failures,
          withinMs: within,
          keepOutForMs: keepOutFor,
        }),
      )
      .exactOptional()
      .describe('nodes that fail again and again'),
  })
  .check(namesOne("upkeep is that of a 'pool' or of 'hardware': exactly one of them"))
  .transform((said): StatedUpkeep => said)

interface PoolOrHardware {
  readonly pool?: string
  readonly hardware?: string
}

function namesOne(message: string): z.core.CheckFn<PoolOrHardware> {
  return (context) => {
    const { pool, hardware } = context.value
    if ((pool === undefined) !== (hardware === undefined)) return
    context.issues.push({ code: 'custom', input: context.value, params: { code: 'badAlternative' }, message })
  }
}

/** One file of `fleet/`. */
export function fleetFile(reading: Reading) {
  return z.strictObject({
    hardware: z
      .array(hardware(reading))
      .default([])
      .describe('accelerators that the built-in table does not know'),
    shapes: z.array(shape).default([]).describe('how machines are built, where that is not usual'),
    failures: z.array(failureRate).default([]).describe('how often nodes fail; they never do by default'),
    upkeep: z
      .array(upkeep)
      .default([])
      .describe('what stands by for nodes that fail, and how long repeated offenders are kept out'),
    outages: z
      .array(plannedOutage)
      .default([])
      .describe('what goes out of service together, on known dates or at a rate'),
    pools: z.array(fleetPool).default([]).describe('machines that no agreement brings'),
  })
}
