import { HOUR_MS } from '../../base/instant.ts'
import { BACKFILL } from './backfill.ts'
import type { QueuePolicy } from './queue-policy.ts'

/** Accelerator-hours after which a gang falls to the next queue. */
const THRESHOLDS = [1, 10].map((hours) => hours * HOUR_MS)

/**
 * Least attained service in two dimensions, time × accelerators, in three queues; within a queue by submission (discretised
 * 2D-LAS of Tiresias: Gu et al., NSDI'19). Needs to know no durations.
 */
export const LAS_2D: QueuePolicy = {
  ...BACKFILL,
  name: 'las-2d',
  preempts: {
    rank: ({ attainedMs, accelerators }) =>
      THRESHOLDS.filter((threshold) => attainedMs * accelerators >= threshold).length,
    changesAt: ({ attainedMs, accelerators }) => {
      const next = THRESHOLDS.find((threshold) => attainedMs * accelerators < threshold)
      return next === undefined || accelerators === 0 ? undefined : next / accelerators
    },
  },
}
