import type { AllocationEvent } from '@offtake/core/allocation/events'
import { EtaForecaster } from '@offtake/core/allocation/explain/eta-forecaster'
import { type Explanation, explainGang } from '@offtake/core/allocation/explain/explain'
import type { Instant } from '@offtake/core/base/instant'
import type { Seat } from '../engine/seat.ts'

/** What asking itself may take of the time: one part in so many. */
const SPARING = 100
const LEAST_PAUSE_MS = 1_000

/**
 * Explains why gangs wait, and learns from what comes how far its forecasts were off. It learns while this process leads; what it
 * has learnt is in no table, so that a new leader states ranges only after it has seen some starts.
 */
export class Foresight {
  readonly #seat: Seat
  readonly #forecaster: EtaForecaster
  #nextAsk = 0

  constructor(seat: Seat) {
    this.#seat = seat
    const deciding = {
      get policy() {
        return seat.allocator.policy
      },
      get state() {
        return seat.allocator.state
      },
    }
    this.#forecaster = new EtaForecaster(deciding, 1)
    seat.listen({
      entry: ({ events }) => {
        if (seat.leads) for (const event of events) this.#observe(event)
      },
    })
  }

  explain(gangId: string, at: Instant): Explanation {
    return explainGang(this.#seat.allocator, this.#forecaster, gangId, at)
  }

  /** To ask itself it copies the whole state, so the larger that is the more rarely it does. */
  #observe(event: AllocationEvent): void {
    if (event.kind !== 'submitted') return this.#forecaster.observe(event)
    const before = performance.now()
    if (before < this.#nextAsk) return
    this.#forecaster.observe(event)
    const after = performance.now()
    this.#nextAsk = after + Math.max(LEAST_PAUSE_MS, SPARING * (after - before))
  }
}
