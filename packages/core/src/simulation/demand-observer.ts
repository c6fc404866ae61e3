import type { AllocationEvent } from '../allocation/events.ts'
import type { Instant } from '../base/instant.ts'
import type { StepFunction } from '../base/step-function.ts'
import { acceleratorsOf } from '../demand/gang.ts'
import { StepRecorder } from '../usage/step-recorder.ts'

/**
 * Records how many accelerators were asked for over time, by gangs that ran and by gangs that waited: as many whole ones as all
 * shares together need at least.
 */
export class DemandObserver {
  /** In thousandths, as shares are asked for. */
  readonly #sizes = new Map<string, number>()
  #milli = 0
  readonly #asked = new StepRecorder()

  observe(event: AllocationEvent): void {
    if (event.kind === 'submitted') {
      const milli = Math.round(1000 * acceleratorsOf(event.gang))
      this.#sizes.set(event.gang.id, milli)
      this.#change(event.at, milli)
    } else if (event.kind === 'finished' || event.kind === 'cancelled') {
      this.#change(event.at, -(this.#sizes.get(event.gangId) ?? 0))
      this.#sizes.delete(event.gangId)
    }
  }

  asked(): StepFunction {
    return this.#asked.recorded()
  }

  #change(at: Instant, milli: number): void {
    const before = Math.ceil(this.#milli / 1000)
    this.#milli += milli
    this.#asked.change(at, Math.ceil(this.#milli / 1000) - before)
  }
}
