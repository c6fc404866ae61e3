import type { Instant } from '../base/instant.ts'
import type { StepFunction } from '../base/step-function.ts'

/** Writes down a level that changes as time goes on, as a step function; a change costs no copy. */
export class StepRecorder {
  readonly #times: Instant[] = []
  readonly #values: number[] = []
  #level = 0

  get level(): number {
    return this.#level
  }

  /** Changes the level from `at` on; `at` is never before the last change. */
  change(at: Instant, by: number): void {
    this.#level += by
    if (this.#times.at(-1) === at) {
      this.#times.pop()
      this.#values.pop()
    }
    if (this.#level === (this.#values.at(-1) ?? 0)) return
    this.#times.push(at)
    this.#values.push(this.#level)
  }

  recorded(): StepFunction {
    return { times: this.#times, values: this.#values }
  }
}
