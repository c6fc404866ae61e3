import type { Command } from '@offtake/core/allocation/commands'
import type { Instant } from '@offtake/core/base/instant'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import { deliveriesWithin, supplyCommands } from '@offtake/core/simulation/supply'
import type { Engine } from './engine/engine.ts'
import { KeyConflict, Refused } from './engine/order.ts'
import { digestOf } from './store/snapshots.ts'

/** A command that a portfolio gives at its moment, under a key of its own, so that it is carried out once in all. */
export interface Due {
  readonly at: Instant
  readonly key: string
  readonly command: Command
}

/** What a portfolio brings and takes away: tenants at once, machines as they were delivered and will be. */
export function supplyOf(portfolio: Portfolio): Due[] {
  const { horizon, tenants, reclaimNoticeMs: noticeMs } = portfolio
  const deliveries = deliveriesWithin({ ...portfolio, window: horizon }, new Map())
  const due = supplyCommands(deliveries, horizon).flatMap(({ at, command }) =>
    command.kind === 'stop' ? [] : [{ at, command }],
  )
  const all = [{ at: horizon.start, command: { kind: 'setTenants', tenants, noticeMs } as const }, ...due]
  const seen = new Map<string, number>()
  return all
    .sort((a, b) => a.at - b.at)
    .map(({ at, command }) => {
      // Two tranches may bring the same; what tells them apart is which of them comes first.
      const content = digestOf(`${at} ${JSON.stringify(command)}`).slice(0, 24)
      const n = (seen.get(content) ?? 0) + 1
      seen.set(content, n)
      return { at, key: `${content}-${n}`, command }
    })
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
        // A pool that is open, and a key that was used when the machine or the portfolio was another, stay as they are.
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
