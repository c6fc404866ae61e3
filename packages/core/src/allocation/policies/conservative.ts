import { BACKFILL } from './backfill.ts'
import type { QueuePolicy } from './queue-policy.ts'

/**
 * Every waiting gang is promised a place in the future, found in the order of the queue; one starts early only where it delays
 * nobody before it ("conservative" backfilling: A. Mu'alem and D. Feitelson, IEEE TPDS 12(6), 2001).
 */
export const CONSERVATIVE: QueuePolicy = { ...BACKFILL, name: 'conservative', promisesAll: true }
