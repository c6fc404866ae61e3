import { isBeside } from '../opening.ts'
import type { QueuePolicy } from './queue-policy.ts'

/**
 * Later gangs start on what the first waiting one cannot use yet, but never so that it starts later than it was promised
 * ("EASY" backfilling: D. Lifka, The ANL/IBM SP scheduling system, 1995). A gang passes if its limit ends before the promised
 * start, or if it fits beside what the first will take. Where the promised start is unknown, because running gangs stated no
 * limits, nobody passes but those who take nothing of what the first needs.
 */
export const BACKFILL: QueuePolicy = {
  name: 'default',
  mayPass: (opening, { end, accelerators, cpuCores }) =>
    isBeside(opening, accelerators, cpuCores) || (Number.isFinite(opening.start) && end <= opening.start),
}
