import { DAY_MS } from '../../base/instant.ts'
import { BACKFILL } from './backfill.ts'
import type { QueuePolicy } from './queue-policy.ts'

/** A quarter, and thirty times the gang's own limit. */
const PATIENCE_MS = 90 * DAY_MS
const PATIENCE_BY_LIMIT = 30

/**
 * The least mean completion: those run whose remaining time × √accelerators is least, between SRTF, which lets many short gangs
 * push large ones aside, and SRSF, which lets large ones wait for all small ones. A running gang counts as smaller by what
 * stopping it would waste. A gang that would outlast all others starts before them, so that the fleet is not left to it alone.
 * And nobody waits without end: after a quarter and thirty times its limit a gang goes first, whatever its priority, and is not
 * stopped again.
 */
export const QUICKEST: QueuePolicy = {
  ...BACKFILL,
  name: 'quickest',
  preempts: {
    rank: ({ remainingMs, wasteMs, accelerators }) =>
      Math.max(0, remainingMs - wasteMs) * Math.sqrt(Math.max(1, accelerators)),
    guardsEnd: true,
    patienceMs: (limitMs = 0) => PATIENCE_MS + PATIENCE_BY_LIMIT * limitMs,
  },
}
