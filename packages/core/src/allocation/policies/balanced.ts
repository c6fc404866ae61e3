import type { Preempting, QueuePolicy } from './queue-policy.ts'
import { QUICKEST } from './quickest.ts'

/**
 * Mean, tail and makespan together: as the quickest, but a gang that has been there for as long as all that is known will yet
 * take goes before the smaller ones, the first submitted first. Under first come, first served it would by then be among those
 * that run. The largest one waits for the others: to let it go first would cost them most.
 */
export const BALANCED: QueuePolicy & { readonly preempts: Preempting } = {
  ...QUICKEST,
  name: 'balanced',
  preempts: { ...(QUICKEST.preempts as Preempting), sharesWaits: true },
}
