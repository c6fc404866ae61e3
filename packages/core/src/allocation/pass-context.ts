import type { Instant } from '../base/instant.ts'
import type { AllocationState } from './allocation-state.ts'
import type { AllocationEvent } from './events.ts'
import type { GangState } from './gang-state.ts'
import type { QueuePolicy } from './policies/queue-policy.ts'

/** What the decisions that follow one command work with. */
export interface PassContext {
  readonly state: AllocationState
  readonly policy: QueuePolicy
  readonly at: Instant
  readonly emit: (event: AllocationEvent) => void
  /** Gangs that started since the command; none of them is asked back before the next one. */
  readonly started: GangState[]
  /** Owners that have asked something back since the command; none of them asks twice. */
  readonly asked: Set<string>
  /** Whether the last pass changed what those see who were refused in it, so that they may try again. */
  mayTryAgain: boolean
  /** Whether a borrower was told to stay, so that others who counted on its room must be looked at again. */
  hasDroppedReclaims: boolean
}
