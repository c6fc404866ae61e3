import type { AllocationEvent } from '../../allocation/events.ts'
import { Simulator } from '../simulator.ts'
import type { Breach } from './breach.ts'
import { CheckedAllocator } from './checked-allocator.ts'
import type { DrawnHistory } from './draw-history.ts'
import { endRules } from './end-rules.ts'
import { moment } from './wildness.ts'

export interface PlayedHistory {
  /** In order; where something broke, the rest of its tick follows and no more. */
  readonly events: readonly AllocationEvent[]
  /** What the first command that broke something broke, or what does not hold at the end. */
  readonly breaches: readonly Breach[]
}

/** Plays a drawn history to its end and checks every step of it. */
export function playHistory(history: DrawnHistory): PlayedHistory {
  const allocator = new CheckedAllocator(history.policy, { keepsPromises: history.isCalm })
  const simulator = new Simulator(history, () => undefined, allocator)
  let ticks = 1
  while (allocator.breaches.length === 0 && simulator.run(moment(ticks))) ticks += 1
  const { events, breaches } = allocator
  return { events, breaches: breaches.length > 0 ? breaches : endRules(history, allocator, events) }
}
