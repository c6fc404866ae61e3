import type { AllocationState } from './allocation-state.ts'
import type { AllocationEvent } from './events.ts'
import type { Broken } from './invariants/broken.ts'
import { budgetRules, countEgress, countMoney } from './invariants/budget-rules.ts'
import { eventRules } from './invariants/event-rules.ts'
import { moneyRules } from './invariants/money-rules.ts'
import { countOutages } from './invariants/outage-rules.ts'
import { Recount } from './invariants/recount.ts'
import { stateRules } from './invariants/state-rules.ts'
import { turnRules } from './invariants/turn-rules.ts'
import { noteSpares } from './invariants/upkeep-rules.ts'
import { waitRules } from './invariants/wait-rules.ts'
import { windowEventRules, windowStateRules } from './invariants/window-rules.ts'

/**
 * Counts again, slowly and in plain loops, all that the allocator says, and shares no code with it. Made for tests and for
 * checks of a running system: it tells what is broken and goes on.
 */
export class Invariants {
  readonly #recount = new Recount()
  #broken: Broken[] = []

  /** Takes in an event, in order. */
  observe(event: AllocationEvent): void {
    if (event.kind !== 'refused') countMoney(this.#recount, event.at)
    this.#broken.push(...eventRules(this.#recount, event), ...windowEventRules(this.#recount, event))
    this.#recount.fold(event)
    countOutages(this.#recount, event)
    countEgress(this.#recount, event)
  }

  /** What was broken by the events since the last call, and what does not hold now that a command is done. */
  check(state: AllocationState): readonly Broken[] {
    noteSpares(this.#recount, state)
    const broken = [
      ...this.#broken,
      ...stateRules(this.#recount, state),
      ...waitRules(this.#recount),
      ...windowStateRules(this.#recount, state),
      ...moneyRules(this.#recount.money, state),
      ...turnRules(this.#recount.turns, state),
      ...budgetRules(this.#recount, state),
    ]
    this.#broken = []
    return broken
  }
}
