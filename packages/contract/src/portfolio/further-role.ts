import type { FurtherRole } from '@offtake/core/demand/workload'
import { z } from 'zod'
import { accepts, within } from './demand-parts.ts'
import { identifier } from './identifier.ts'
import { count, quantity } from './number.ts'
import { plainFigure } from './plain-figure.ts'

/** Members beside the workers of a gang. */
export const furtherRole = z
  .strictObject({
    name: identifier,
    members: plainFigure(count({ from: 1, to: 10_000_000 }))
      .exactOptional()
      .describe('so many in each gang'),
    perWorker: plainFigure(quantity({ from: 0.000_001, to: 10_000 }))
      .exactOptional()
      .describe('so many for each worker, rounded up'),
    accelerators: plainFigure(count({ to: 100_000 }))
      .default(0)
      .describe('of one member, all on one node'),
    cpuCores: plainFigure(count({ to: 100_000 }))
      .default(0)
      .describe('of one member'),
    accepts,
    within,
  })
  .superRefine(({ members, perWorker, accelerators, cpuCores }, context) => {
    if ((members === undefined) === (perWorker === undefined))
      context.addIssue({
        code: 'custom',
        path: ['members'],
        message: 'exactly one of members and perWorker must be there',
        params: { code: 'badAlternative' },
      })
    if (accelerators + cpuCores === 0)
      context.addIssue({
        code: 'custom',
        path: ['accelerators'],
        message: 'a member needs accelerators or CPU cores',
        params: { code: 'numberOutOfRange' },
      })
  })
  .transform(
    ({ name, members = 1, perWorker, accelerators, cpuCores, ...needs }): FurtherRole => ({
      name,
      members: perWorker === undefined ? { inAll: members } : { perWorker },
      acceleratorsPerMember: accelerators,
      cpuCoresPerMember: cpuCores,
      ...needs,
    }),
  )
