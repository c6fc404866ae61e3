import { BACKFILL } from './backfill.ts'
import type { QueuePolicy } from './queue-policy.ts'

/** Shortest remaining time first: those that will have ended first run. */
export const SRTF: QueuePolicy = {
  ...BACKFILL,
  name: 'srtf',
  preempts: { rank: ({ remainingMs }) => remainingMs },
}
