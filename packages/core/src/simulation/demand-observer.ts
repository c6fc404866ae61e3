import type { AllocationEvent } from '../allocation/events.ts'
import type { StepFunction } from '../base/step-function.ts'
import { acceleratorsOf } from '../demand/gang.ts'
import { StepRecorder } from '../usage/step-recorder.ts'

/** Records how many accelerators were asked for over time, by gangs that ran and by gangs that waited. */
export class DemandObserver {
  readonly #sizes = new Map<string, number>()
  readonly #asked = new StepRecorder()

  observe(event: AllocationEvent): void {
    if (event.kind === 'submitted') {
      const size = acceleratorsOf(event.gang)
      this.#sizes.set(event.gang.id, size)
      this.#asked.change(event.at, size)
    } else if (event.kind === 'finished' || event.kind === 'cancelled') {
      this.#asked.change(event.at, -(this.#sizes.get(event.gangId) ?? 0))
      this.#sizes.delete(event.gangId)
    }
  }

  asked(): StepFunction {
    return this.#asked.recorded()
  }
}
