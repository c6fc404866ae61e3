import { Alarm } from '@offtake/adapters/alarm'
import type { Command } from '@offtake/core/allocation/commands'
import type { Instant } from '@offtake/core/base/instant'
import type { Engine } from './engine/engine.ts'
import { offer } from './engine/offer.ts'

/** A command that is given at its moment, under a key of its own, so that it is carried out once in all. */
export interface Due {
  readonly at: Instant
  readonly key: string
  readonly command: Command
}

/** Gives commands to an engine when their time has come; those that are due already at once, in order. */
export class Supply {
  readonly #engine: Engine
  readonly #clock: () => number
  readonly #due: Due[]
  readonly #alarm = new Alarm(() => this.#goOn())

  constructor(engine: Engine, clock: () => number, due: readonly Due[]) {
    this.#engine = engine
    this.#clock = clock
    this.#due = [...due]
  }

  /** Returns when all that is due now has been given. */
  start(): Promise<void> {
    return this.#goOn()
  }

  close(): void {
    this.#alarm.close()
    this.#due.length = 0
  }

  async #goOn(): Promise<void> {
    await this.#giveDue()
    const [first] = this.#due
    if (first) this.#alarm.set(first.at - this.#clock())
  }

  async #giveDue(): Promise<void> {
    for (let [first] = this.#due; first && first.at <= this.#clock(); [first] = this.#due) {
      const { command, key } = first
      // A pool that is open, and a key that was used when the machine was another, stay as they are.
      await offer(this.#engine, { command, actor: 'portfolio', key })
      this.#due.shift()
    }
  }
}
