import type { Command } from '@offtake/core/allocation/commands'
import type { Instant } from '@offtake/core/base/instant'
import type { Engine } from './engine/engine.ts'
import { KeyConflict, Refused } from './engine/order.ts'

/** A command that is given at its moment, under a key of its own, so that it is carried out once in all. */
export interface Due {
  readonly at: Instant
  readonly key: string
  readonly command: Command
}

/** What a timer can wait for at most. */
const LONGEST_TIMER_MS = 2 ** 31 - 1
const RETRY_MS = 1_000

/** Gives commands to an engine when their time has come; those that are due already at once, in order. */
export class Supply {
  readonly #engine: Engine
  readonly #clock: () => number
  readonly #due: Due[]
  #timer: NodeJS.Timeout | undefined

  constructor(engine: Engine, clock: () => number, due: readonly Due[]) {
    this.#engine = engine
    this.#clock = clock
    this.#due = [...due]
  }

  /** Returns when all that is due now has been given. */
  async start(): Promise<void> {
    await this.#giveDue()
    this.#wait()
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#due.length = 0
  }

  async #giveDue(): Promise<void> {
    for (let [first] = this.#due; first && first.at <= this.#clock(); [first] = this.#due) {
      const { command, key } = first
      try {
        await this.#engine.submit({ command, actor: 'portfolio', key })
      } catch (error) {
        // A pool that is open, and a key that was used when the machine was another, stay as they are.
        if (!(error instanceof Refused || error instanceof KeyConflict)) throw error
      }
      this.#due.shift()
    }
  }

  #wait(pause?: number): void {
    const [first] = this.#due
    if (!first) return
    const wait = pause ?? Math.max(0, first.at - this.#clock())
    this.#timer = setTimeout(
      () => {
        this.#giveDue().then(
          () => this.#wait(),
          () => this.#wait(RETRY_MS),
        )
      },
      Math.min(LONGEST_TIMER_MS, wait),
    )
  }
}
