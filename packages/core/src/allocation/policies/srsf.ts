import { BACKFILL } from './backfill.ts'
import type { QueuePolicy } from './queue-policy.ts'

/** Shortest remaining service first: those run whose remaining time × accelerators is least (Tiresias: Gu et al., NSDI'19). */
export const SRSF: QueuePolicy = {
  ...BACKFILL,
  name: 'srsf',
  preempts: { rank: ({ remainingMs, accelerators }) => remainingMs * Math.max(1, accelerators) },
}
