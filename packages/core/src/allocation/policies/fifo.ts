import type { QueuePolicy } from './queue-policy.ts'

/** Nobody passes: what does not fit blocks its pools for all behind it. */
export const FIFO: QueuePolicy = { name: 'fifo' }
